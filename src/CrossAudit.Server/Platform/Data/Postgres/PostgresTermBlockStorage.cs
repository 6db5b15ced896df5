using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data.Postgres;

/// <summary>Blocks by one statement for all of them, as arrays.</summary>
internal sealed class PostgresTermBlockStorage : ITermBlockStorage
{
    private const string PutSql = """
        INSERT INTO audit_terms (organization_id, term, block, numbers)
        SELECT organization_id, term, block, numbers FROM unnest({0}::uuid[], {1}::text[], {2}::bigint[], {3}::bytea[]) AS blocks (organization_id, term, block, numbers)
        ON CONFLICT (organization_id, term, block) DO UPDATE SET numbers = excluded.numbers
        """;

    public Task PutAsync(AppDbContext db, IReadOnlyCollection<TermBlock> blocks, CancellationToken stop) => blocks.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlRawAsync(
        PutSql,
        [blocks.Select(block => block.OrganizationId).ToArray(), blocks.Select(block => block.Term).ToArray(), blocks.Select(block => block.Block).ToArray(), blocks.Select(block => block.Numbers).ToArray()],
        stop);
}
