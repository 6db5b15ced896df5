using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Postings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>Blocks by one prepared statement.</summary>
internal sealed class SqlitePostingStorage : IPostingStorage
{
    public async Task PutAsync(AppDbContext db, IReadOnlyCollection<PostingBlock> blocks, CancellationToken stop)
    {
        await using var put = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        put.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        put.CommandText = "INSERT OR REPLACE INTO search_postings (organization_id, corpus, term, bucket, last, passages, entries, positions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        var values = Enumerable.Range(1, 8).Select(place => put.Parameters.Add(new SqliteParameter($"${place}", null))).ToArray();
        foreach (var block in blocks)
        {
            stop.ThrowIfCancellationRequested();
            (values[0].Value, values[1].Value, values[2].Value, values[3].Value) = (block.OrganizationId, (int)block.Corpus, block.Term, block.Bucket);
            (values[4].Value, values[5].Value, values[6].Value, values[7].Value) = (block.Last, block.Passages, block.Entries, block.Positions);
            await put.ExecuteNonQueryAsync(stop);
        }
    }
}
