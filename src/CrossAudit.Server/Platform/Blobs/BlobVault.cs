using System.Security.Cryptography;
using CrossAudit.Server.Platform.Blobs.Encryption;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>
/// The files of organizations: stored once each by their SHA-256, encrypted where a master key is set, and opened again. It commits what it knows by itself, ahead
/// of the transaction that will refer to the blob: a blob that is referred to is always stored.
/// </summary>
internal sealed class BlobVault(IServiceScopeFactory scopes, IBlobStore store, WorkFolder work)
{
    /// <summary>Keeps a received file, which it may take over; returns the id of its blob.</summary>
    public async Task<Guid> KeepAsync(Guid organizationId, string sha256, long size, string path, CancellationToken stop)
    {
        await using var scope = Begin(organizationId);
        var ledger = scope.ServiceProvider.GetRequiredService<BlobLedger>();
        var known = await ledger.ReserveAsync(sha256, stop);
        if (known is not null && await IsWholeAsync(scope, known, stop))
            return known.Id;
        var announced = await AnnounceAsync(scope, sha256, size, stop);
        await StoreAsync(scope, announced, path, stop);
        if (known is not null)
        {
            // Lost or damaged bytes are good again for all who refer to them.
            await ledger.ReplaceAsync(known, announced, stop);
            return known.Id;
        }
        if (await ledger.SettleAsync(announced, stop))
            return announced.Id;
        return (await ledger.ReserveAsync(sha256, stop) ?? throw new BlobStoreUnavailableException("The same file is just being removed.")).Id;
    }

    /// <summary>Opens a blob as a seekable stream.</summary>
    /// <exception cref="BlobStoreUnavailableException">The store is away, or the master key is not configured.</exception>
    /// <exception cref="BlobDamagedException">The bytes are gone, or are not those that were stored.</exception>
    public async Task<Stream> OpenAsync(Guid organizationId, Guid blobId, CancellationToken stop)
    {
        await using var scope = Begin(organizationId);
        var blob = await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<StoredBlob>().AsNoTracking().SingleAsync(b => b.Id == blobId, stop);
        return await OpenAsync(scope, blob, stop);
    }

    /// <summary>Encrypts a blob that was stored before its organization's files were; nothing happens where they are not, or it is.</summary>
    public async Task EncryptAsync(StoredBlob blob, CancellationToken stop)
    {
        await using var scope = Begin(blob.OrganizationId);
        if (blob.KeyId is not null || await scope.ServiceProvider.GetRequiredService<DataKeys>().CurrentAsync(stop) is null)
            return;
        var announced = await AnnounceAsync(scope, blob.Sha256, blob.Size, stop);
        await using (var plain = await OpenAsync(scope, blob, stop))
            await StoreSealedAsync(scope, announced, plain, stop);
        await scope.ServiceProvider.GetRequiredService<BlobLedger>().ReplaceAsync(blob, announced, stop);
    }

    /// <summary>Destroys an organization's key. It comes before anything else: what is left from then on, here or in copies, can be read by nobody.</summary>
    public async Task DestroyKeyAsync(Guid organizationId, CancellationToken stop)
    {
        await using var scope = Begin(organizationId);
        await scope.ServiceProvider.GetRequiredService<DataKeys>().DestroyAsync(stop);
    }

    /// <summary>Destroys all of an organization's files, to which nothing refers any more.</summary>
    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        await using var scope = Begin(organizationId);
        await scope.ServiceProvider.GetRequiredService<BlobDestruction>().RunAsync(stop);
    }

    private static async Task<StoredBlob> AnnounceAsync(AsyncServiceScope scope, string sha256, long size, CancellationToken stop) =>
        await scope.ServiceProvider.GetRequiredService<BlobLedger>()
            .AnnounceAsync(sha256, size, await scope.ServiceProvider.GetRequiredService<DataKeys>().CurrentAsync(stop), stop);

    private async Task StoreAsync(AsyncServiceScope scope, StoredBlob blob, string path, CancellationToken stop)
    {
        if (blob.KeyId is null)
        {
            await store.StoreAsync(blob.Location, path, stop);
            return;
        }
        await using var plain = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        await StoreSealedAsync(scope, blob, plain, stop);
    }

    private async Task StoreSealedAsync(AsyncServiceScope scope, StoredBlob blob, Stream plain, CancellationToken stop)
    {
        var path = work.NewPath("seal");
        var key = await scope.ServiceProvider.GetRequiredService<DataKeys>().OpenAsync(blob.KeyId!.Value, stop);
        try
        {
            await BlobSealing.WriteAsync(plain, blob, key, path, stop);
            await store.StoreAsync(blob.Location, path, stop);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            File.Delete(path);
        }
    }

    private async Task<Stream> OpenAsync(AsyncServiceScope scope, StoredBlob blob, CancellationToken stop)
    {
        var key = blob.KeyId is { } id ? await scope.ServiceProvider.GetRequiredService<DataKeys>().OpenAsync(id, stop) : null;
        var stored = await store.OpenAsync(blob.Location, stop);
        try
        {
            if (stored.Length != blob.StoredLength)
                throw new BlobDamagedException(BlobDamagedException.Altered);
            return key is null ? stored : await BlobSealing.OpenAsync(stored, blob, key, stop);
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<bool> IsWholeAsync(AsyncServiceScope scope, StoredBlob blob, CancellationToken stop)
    {
        if (blob.DamagedAt is not null)
            return false;
        try
        {
            await using var bytes = await OpenAsync(scope, blob, stop);
            return true;
        }
        catch (BlobDamagedException)
        {
            return false;
        }
    }

    // Units of work of its own: what the caller has tracked is the caller's to save.
    private AsyncServiceScope Begin(Guid organizationId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().OrganizationId = organizationId;
        return scope;
    }
}
