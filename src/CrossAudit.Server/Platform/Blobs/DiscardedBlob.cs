using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Bytes that nothing leads to any more and that are still to be deleted.</summary>
internal sealed class DiscardedBlob : IOrganizationOwned, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Location { get; init; }
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }
}

internal sealed class DiscardedBlobMapping : IEntityTypeConfiguration<DiscardedBlob>
{
    public void Configure(EntityTypeBuilder<DiscardedBlob> blob)
    {
        blob.ToTable("discarded_blobs");
        blob.HasIndex(b => b.OrganizationId);
        blob.HasIndex(b => b.DueAt).HasFilter("due_at IS NOT NULL");
    }
}

/// <summary>Deletes discarded bytes, then the row that remembers them: one that is interrupted is done again.</summary>
internal sealed class BlobDisposal(AppDbContext db, IBlobStore store, TimeProvider clock) : IWork<DiscardedBlob>
{
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    public static int Concurrency => 1;

    public async Task RunAsync(DiscardedBlob row, CancellationToken stop)
    {
        await store.DeleteAsync(row.Location, stop);
        await db.WriteAsync(() => db.Set<DiscardedBlob>().IgnoreQueryFilters().Where(b => b.Id == row.Id).ExecuteDeleteAsync(stop), stop);
    }

    // Never given up: it is somebody's data.
    public Task ParkAsync(DiscardedBlob row, Exception cause, CancellationToken stop) => db.HandBackAsync(row, clock.GetUtcNow().AddDays(1));
}
