using CrossAudit.Server.Platform.Data.FullText;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>
/// Full-text search by FTS5, whose <c>bm25()</c> has the constants wanted here. The index keeps no copy of the text: it reads it from the table
/// it indexes (an external content table), so what leaves the index must still be there to be read.
/// </summary>
internal sealed class SqliteFullTextSearch : IFullTextSearch
{
    /// <summary>Makes the index of a table: for migrations.</summary>
    public static string CreateSql(IndexedTable table) =>
        $"CREATE VIRTUAL TABLE {table.Name} USING fts5(content, content='{table.Source}', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2');";

    public Task AddAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop)
    {
        var sql = $"INSERT INTO {table.Name} (rowid, content) SELECT number, content FROM {table.Source} WHERE {table.Owner} = {{0}}";
        return db.Database.ExecuteSqlRawAsync(sql, [owner], stop);
    }

    public Task RemoveAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop)
    {
        var sql = $"INSERT INTO {table.Name} ({table.Name}, rowid, content) SELECT 'delete', number, content FROM {table.Source} WHERE {table.Owner} = {{0}}";
        return db.Database.ExecuteSqlRawAsync(sql, [owner], stop);
    }

    public IQueryable<TextMatch>? Match(AppDbContext db, IndexedTable table, TextQuery query)
    {
        var sql = $"SELECT rowid AS number, -bm25({table.Name}) AS score FROM {table.Name} WHERE {table.Name} MATCH {{0}}";
        return query.Wanted.Count == 0 ? null : db.Database.SqlQueryRaw<TextMatch>(sql, Expression(query));
    }

    public async Task<Dictionary<long, string>> MarkAsync(AppDbContext db, IndexedTable table, TextQuery query, IReadOnlyCollection<long> numbers, CancellationToken stop)
    {
        var sql = $"SELECT rowid AS number, highlight({table.Name}, 0, {{1}}, {{2}}) AS text FROM {table.Name} WHERE {table.Name} MATCH {{0}} AND rowid IN ({string.Join(',', numbers)})";
        var marked = db.Database.SqlQueryRaw<MarkedText>(sql, Expression(query), Marks.Start.ToString(), Marks.End.ToString());
        return await marked.ToDictionaryAsync(text => text.Number, text => text.Text, stop);
    }

    // Every word stands in quotes and holds letters and digits alone: none of FTS5's own operators can come from a user.
    private static string Expression(TextQuery query)
    {
        var wanted = "(" + string.Join(query.All ? " AND " : " OR ", query.Wanted.Select(Quote)) + ")";
        return query.Excluded.Aggregate(wanted, (expression, term) => $"{expression} NOT {Quote(term)}");
    }

    private static string Quote(TextTerm term) => $"\"{term}\"";
}
