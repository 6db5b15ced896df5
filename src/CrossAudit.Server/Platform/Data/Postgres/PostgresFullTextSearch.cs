using CrossAudit.Server.Platform.Data.FullText;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data.Postgres;

/// <summary>
/// Full-text search by <c>tsvector</c> and GIN, ranked by BM25 in SQL: PostgreSQL's own <c>ts_rank</c> knows nothing of how rare a word is.
/// The index finds the candidates; how many of them hold a word is that word's document frequency; the rest of the formula needs the lengths,
/// which are kept beside the terms and summed for each organization.
/// </summary>
internal sealed class PostgresFullTextSearch : IFullTextSearch
{
    // The parser would take "M-24-10" for a word with a negative number; parted by spaces, text and query come to the same words.
    // (The braces are doubled for the raw SQL's own placeholders.)
    private const string PlainContent = """translate(content, E'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{{|}}~', repeat(' ', 32))""";

    /// <summary>Makes the index of a table: for migrations.</summary>
    public static string CreateSql(IndexedTable table) => $$"""
        CREATE TABLE {{table.Name}} (
            number bigint PRIMARY KEY REFERENCES {{table.Source}} (number) ON DELETE CASCADE,
            organization_id uuid NOT NULL,
            length integer NOT NULL,
            terms tsvector NOT NULL);
        CREATE INDEX ix_{{table.Name}}_terms ON {{table.Name}} USING gin (terms);
        CREATE TABLE {{table.Name}}_statistics (
            organization_id uuid PRIMARY KEY,
            entries bigint NOT NULL,
            words bigint NOT NULL);
        """;

    /// <summary>
    /// Makes the function that tells how often a word stands in a text (a phrase counts once). With equal weights, ts_rank of a single word is
    /// 6/π² · (1 + 1/4 + … + 1/n²) for n occurrences; this solves it for n. Reading positions one by one costs ten times as much.
    /// </summary>
    public static string CreateTermFrequencySql => """
        CREATE FUNCTION term_frequency(terms tsvector, term tsquery) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            CASE WHEN numnode(term) > 1 THEN 1
            ELSE round(1 / greatest(1.6449340668482264 - 1.64493406685 * ts_rank('{1,1,1,1}', terms, term)::float8, 0.0039) - 0.5) END;
        """;

    public Task AddAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop) => db.Database.ExecuteSqlRawAsync(AddSql(table), [owner], stop);

    public Task RemoveAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop) => db.Database.ExecuteSqlRawAsync(RemoveSql(table), [owner], stop);

    public IQueryable<TextMatch>? Match(AppDbContext db, IndexedTable table, TextQuery query)
    {
        if (query.Wanted.Count == 0)
            return null;
        var (expression, parameters) = Expression(query, 1);
        var wanted = string.Join(", ", Enumerable.Range(1, query.Wanted.Count).Select(place => $"({place}, {Term(place)})"));
        return db.Database.SqlQueryRaw<TextMatch>(MatchSql(table, expression, wanted), [db.OrganizationId, .. parameters]);
    }

    public async Task<Dictionary<long, string>> MarkAsync(AppDbContext db, IndexedTable table, TextQuery query, IReadOnlyCollection<long> numbers, CancellationToken stop)
    {
        var (expression, parameters) = Expression(query with { Excluded = [] }, 1);
        var marked = db.Database.SqlQueryRaw<MarkedText>(MarkSql(table, expression, numbers), [$"HighlightAll=true,StartSel={Marks.Start},StopSel={Marks.End}", .. parameters]);
        return await marked.ToDictionaryAsync(text => text.Number, text => text.Text, stop);
    }

    private static string AddSql(IndexedTable table) => $$"""
        WITH added AS (
            INSERT INTO {{table.Name}} (number, organization_id, length, terms)
            SELECT number, organization_id, (SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(vector)), vector
            FROM {{table.Source}}, to_tsvector('english', {{PlainContent}}) AS vector
            WHERE {{table.Owner}} = {0}
            RETURNING organization_id, length)
        INSERT INTO {{table.Name}}_statistics AS known (organization_id, entries, words)
        SELECT organization_id, count(*), sum(length) FROM added GROUP BY organization_id
        ON CONFLICT (organization_id) DO UPDATE SET entries = known.entries + excluded.entries, words = known.words + excluded.words
        """;

    private static string RemoveSql(IndexedTable table) => $$"""
        WITH removed AS (
            DELETE FROM {{table.Name}} WHERE number IN (SELECT number FROM {{table.Source}} WHERE {{table.Owner}} = {0})
            RETURNING organization_id, length)
        UPDATE {{table.Name}}_statistics AS known SET entries = known.entries - gone.entries, words = known.words - gone.words
        FROM (SELECT organization_id, count(*) AS entries, sum(length) AS words FROM removed GROUP BY organization_id) AS gone
        WHERE known.organization_id = gone.organization_id
        """;

    private static string MatchSql(IndexedTable table, string expression, string wanted) => $$"""
        WITH wanted (place, term) AS (VALUES {{wanted}}),
        candidates AS MATERIALIZED (
            SELECT number, length, terms FROM {{table.Name}} WHERE organization_id = {0} AND terms @@ ({{expression}})),
        hits AS MATERIALIZED (
            SELECT number, length, place, term_frequency(terms, term) AS frequency FROM candidates JOIN wanted ON terms @@ term),
        rarity AS (
            SELECT place, ln(1 + (entries - count(*) + 0.5) / (count(*) + 0.5)) AS weight, greatest(words::float8 / entries, 1) AS average
            FROM hits, {{table.Name}}_statistics WHERE organization_id = {0} GROUP BY place, entries, words)
        SELECT number, sum(weight * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average)))::float8 AS score
        FROM hits JOIN rarity USING (place) GROUP BY number
        """;

    private static string MarkSql(IndexedTable table, string expression, IEnumerable<long> numbers) => $$"""
        SELECT number, ts_headline('english', {{PlainContent}}, {{expression}}, {0}) AS text
        FROM {{table.Source}} WHERE number IN ({{string.Join(',', numbers)}})
        """;

    private static (string Sql, object[] Parameters) Expression(TextQuery query, int first)
    {
        var terms = query.Wanted.Concat(query.Excluded).Select(term => (object)term.ToString()).ToArray();
        var slots = Enumerable.Range(first, terms.Length).Select(Term).ToArray();
        var wanted = "(" + string.Join(query.All ? " && " : " || ", slots[..query.Wanted.Count]) + ")";
        return (slots[query.Wanted.Count..].Aggregate(wanted, (sql, slot) => $"{sql} && !!{slot}"), terms);
    }

    private static string Term(int slot) => $"phraseto_tsquery('english', {{{slot}}})";
}
