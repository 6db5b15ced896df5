using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Postings;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data.Postgres;

/// <summary>Blocks by one statement for all of them, as arrays.</summary>
internal sealed class PostgresPostingStorage : IPostingStorage
{
    private const string PutSql = """
        INSERT INTO search_postings (organization_id, corpus, term, bucket, last, passages, entries, positions)
        SELECT {0}, corpus, term, bucket, last, passages, entries, positions
        FROM unnest({1}::int[], {2}::text[], {3}::int[], {4}::bigint[], {5}::int[], {6}::bytea[], {7}::bytea[]) AS blocks (corpus, term, bucket, last, passages, entries, positions)
        ON CONFLICT (organization_id, corpus, term, bucket) DO UPDATE SET last = excluded.last, passages = excluded.passages, entries = excluded.entries, positions = excluded.positions
        """;

    public Task PutAsync(AppDbContext db, IReadOnlyCollection<PostingBlock> blocks, CancellationToken stop) => blocks.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlRawAsync(
        PutSql,
        [
            db.OrganizationId,
            blocks.Select(block => (int)block.Corpus).ToArray(),
            blocks.Select(block => block.Term).ToArray(),
            blocks.Select(block => block.Bucket).ToArray(),
            blocks.Select(block => block.Last).ToArray(),
            blocks.Select(block => block.Passages).ToArray(),
            blocks.Select(block => block.Entries).ToArray(),
            blocks.Select(block => block.Positions).ToArray(),
        ],
        stop);
}
