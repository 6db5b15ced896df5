using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Storage;

/// <summary>
/// Looks at each blob a day after it was stored and every month from then on: one that no version refers to is collected, any other is read and compared with its
/// hash. What was stored before the organization's files were encrypted is encrypted then.
/// </summary>
internal sealed partial class BlobInspection(
    AppDbContext db, CurrentActor current, AuditTrail audit, BlobVault vault, BlobLedger ledger, TimeProvider clock, ILogger<BlobInspection> logger) : IWork<StoredBlob>
{
    private const string Unreadable = "unreadable";

    private static readonly TimeSpan Every = TimeSpan.FromDays(30);
    private static readonly TimeSpan EveryWhereDamaged = TimeSpan.FromDays(1);

    public static TimeSpan TimeLimit => TimeSpan.FromHours(2);

    // One at a time, and that slowly: whoever works with files is to notice nothing.
    public static int Concurrency => 1;

    public async Task RunAsync(StoredBlob row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        if (await CollectAsync(row, stop))
            return;
        if (row.StoredAt is null)
        {
            await db.HandBackAsync(row, row.ReservedUntil);
            return;
        }
        var finding = await FindingAsync(row, stop);
        await SettleAsync(row, finding, stop);
        if (finding is null)
            await vault.EncryptAsync(row, stop);
    }

    // A disk that cannot read its bytes has lost them; anything else is no word on them.
    public async Task ParkAsync(StoredBlob row, Exception cause, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        if (cause is IOException)
            await SettleAsync(row, Unreadable, stop);
        else
            await db.HandBackAsync(row, clock.GetUtcNow() + EveryWhereDamaged);
    }

    // The row goes while no version refers to it, or not at all: one that is about to has reserved it, and the foreign key holds one that came too late to be seen.
    private Task<bool> CollectAsync(StoredBlob row, CancellationToken stop) => db.WriteAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            var collected = await db.Set<StoredBlob>().IgnoreQueryFilters()
                .Where(b => b.Id == row.Id && b.Location == row.Location && b.ReservedUntil <= now && !db.Set<DocumentVersion>().Any(v => v.BlobId == b.Id))
                .ExecuteDeleteAsync(stop) == 1;
            if (collected)
                ledger.Discard(row, TimeSpan.Zero);
            await db.SaveChangesAsync(stop);
            return collected;
        },
        stop);

    private async Task<string?> FindingAsync(StoredBlob row, CancellationToken stop)
    {
        try
        {
            await using var bytes = await vault.OpenAsync(row.OrganizationId, row.Id, stop);
            return await SlowReading.HashAsync(bytes, clock, stop) == row.Sha256 ? null : BlobDamagedException.Altered;
        }
        catch (BlobDamagedException damaged)
        {
            LogDamaged(logger, row.Id, row.Location, damaged);
            return damaged.Finding;
        }
    }

    private Task<int> SettleAsync(StoredBlob row, string? finding, CancellationToken stop) => db.WriteAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            db.Attach(row);
            (row.DueAt, row.Attempts) = (now + (finding is null ? Every : EveryWhereDamaged), 0);
            if (finding is not null && row.DamagedAt is null)
                await RecordAsync(row, finding, stop);
            row.VerifiedAt = finding is null ? now : row.VerifiedAt;
            row.DamagedAt = finding is null ? null : row.DamagedAt ?? now;
            return await db.SaveChangesAsync(stop);
        },
        stop);

    private async Task RecordAsync(StoredBlob row, string finding, CancellationToken stop)
    {
        // A document in the bin is somebody's as well.
        await foreach (var version in db.Set<DocumentVersion>().IgnoreQueryFilters([Filters.Deleted]).AsNoTracking().Include(v => v.Document).Where(v => v.BlobId == row.Id).AsAsyncEnumerable().WithCancellation(stop))
            audit.Record(DocumentAudit.IntegrityFailed(version, finding));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored blob {Id} at {Location} is damaged")]
    private static partial void LogDamaged(ILogger logger, Guid id, string location, Exception cause);
}
