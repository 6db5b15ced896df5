using System.Security.Cryptography;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>The data keys of organizations. They are read and unwrapped for each use: a key that is destroyed is destroyed on every node at once.</summary>
internal sealed class DataKeys(AppDbContext db, MasterKeys masters, TimeProvider clock)
{
    private const int KeyLength = 32;

    /// <summary>The id of the key that the scope's organization encrypts with, made if there is none yet; null where files are stored as they are.</summary>
    /// <remarks>An organization that has a key goes on with it: a server that was started without the master key refuses, rather than store in plain what was to be secret.</remarks>
    public async Task<Guid?> CurrentAsync(CancellationToken stop)
    {
        if (await db.Set<DataKey>().AsNoTracking().SingleOrDefaultAsync(stop) is { } existing)
            return existing.Id;
        if (masters.CurrentId is null)
            return null;
        var now = clock.GetUtcNow();
        var key = masters.Wrap(RandomNumberGenerator.GetBytes(KeyLength), Guid.CreateVersion7(now), db.OrganizationId, now);
        db.Add(key);
        // Whoever comes second takes the first one's.
        return await db.TrySaveAsync(stop) ? key.Id : await CurrentAsync(stop);
    }

    /// <summary>A key of the scope's organization, unwrapped.</summary>
    /// <exception cref="BlobDamagedException">It was destroyed, or altered.</exception>
    public async Task<byte[]> OpenAsync(Guid id, CancellationToken stop)
    {
        var key = await db.Set<DataKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, stop) ?? throw new BlobDamagedException("encrypted with a key that was destroyed");
        try
        {
            return masters.Unwrap(key);
        }
        catch (CryptographicException altered)
        {
            throw new BlobDamagedException("encrypted with a key that was altered", altered);
        }
    }

    /// <summary>Destroys the key of the scope's organization, and with it all that is encrypted with it, wherever copies may be.</summary>
    public Task DestroyAsync(CancellationToken stop) => db.WriteAsync(() => db.Set<DataKey>().ExecuteDeleteAsync(stop), stop);
}
