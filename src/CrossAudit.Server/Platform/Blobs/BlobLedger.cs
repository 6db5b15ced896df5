using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>The rows of what is stored, for the organization of the scope. Each step commits by itself, ahead of what will refer to the blob.</summary>
internal sealed class BlobLedger(AppDbContext db, TimeProvider clock)
{
    /// <summary>How long bytes are kept that nobody refers to yet. No upload takes that long.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>How long replaced bytes stay, for those who are reading them.</summary>
    private static readonly TimeSpan ReadersGrace = TimeSpan.FromHours(1);

    private IQueryable<StoredBlob> Blobs => db.Set<StoredBlob>().AsNoTracking();

    /// <summary>The blob with these bytes, if they are stored. It is not collected while the caller may come to refer to it.</summary>
    public Task<StoredBlob?> ReserveAsync(string sha256, CancellationToken stop) => db.WriteAsync(
        async () =>
        {
            var (stored, until) = (Blobs.Where(b => b.Sha256 == sha256 && b.StoredAt != null), clock.GetUtcNow() + Grace);
            await stored.ExecuteUpdateAsync(set => set.SetProperty(b => b.ReservedUntil, until), stop);
            return await stored.SingleOrDefaultAsync(stop);
        },
        stop);

    /// <summary>Writes down that bytes are about to be stored, and where.</summary>
    public async Task<StoredBlob> AnnounceAsync(string sha256, long size, Guid? keyId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var blob = new StoredBlob
        {
            Id = id,
            OrganizationId = db.OrganizationId,
            Sha256 = sha256,
            Size = size,
            // Folders by what is random in the id, so that none grows without bound.
            Location = $"{db.OrganizationId:D}/{id.ToString("N")[^2..]}/{id:N}",
            KeyId = keyId,
            CreatedAt = now,
            ReservedUntil = now + Grace,
            DueAt = now + Grace,
        };
        db.Add(blob);
        await db.SaveChangesAsync(stop);
        return blob;
    }

    /// <summary>Writes down that an announced blob is stored; false if somebody else has stored the same bytes meanwhile.</summary>
    public Task<bool> SettleAsync(StoredBlob announced, CancellationToken stop)
    {
        announced.StoredAt = clock.GetUtcNow();
        return db.TrySaveAsync(stop);
    }

    /// <summary>Puts an announced blob's bytes in place of another's, for all who refer to that; if they have been replaced already, they stay.</summary>
    public Task<bool> ReplaceAsync(StoredBlob old, StoredBlob announced, CancellationToken stop) => db.WriteAsync(
        async () =>
        {
            var replaced = await Blobs.Where(b => b.Id == old.Id && b.Location == old.Location).ExecuteUpdateAsync(
                set => set.SetProperty(b => b.Location, announced.Location).SetProperty(b => b.KeyId, announced.KeyId).SetProperty(b => b.DamagedAt, (DateTimeOffset?)null), stop);
            if (replaced == 0)
                return false;
            await Blobs.Where(b => b.Id == announced.Id).ExecuteDeleteAsync(stop);
            Discard(old, ReadersGrace);
            await db.SaveChangesAsync(stop);
            return true;
        },
        stop);

    /// <summary>Has a blob's bytes deleted once the running transaction is committed; its row is the caller's to delete or change.</summary>
    public void Discard(StoredBlob blob, TimeSpan after)
    {
        var now = clock.GetUtcNow();
        db.Add(new DiscardedBlob { Id = Guid.CreateVersion7(now), OrganizationId = blob.OrganizationId, Location = blob.Location, DueAt = now + after });
    }
}
