using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>Blocks by one prepared statement.</summary>
internal sealed class SqliteTermBlockStorage : ITermBlockStorage
{
    public async Task PutAsync(AppDbContext db, IReadOnlyCollection<TermBlock> blocks, CancellationToken stop)
    {
        await using var put = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        put.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        put.CommandText = "INSERT OR REPLACE INTO audit_terms (organization_id, term, block, numbers) VALUES ($1, $2, $3, $4)";
        var values = Enumerable.Range(1, 4).Select(place => put.Parameters.Add(new SqliteParameter($"${place}", null))).ToArray();
        foreach (var block in blocks)
        {
            stop.ThrowIfCancellationRequested();
            (values[0].Value, values[1].Value, values[2].Value, values[3].Value) = (block.OrganizationId, block.Term, block.Block, block.Numbers);
            await put.ExecuteNonQueryAsync(stop);
        }
    }
}
