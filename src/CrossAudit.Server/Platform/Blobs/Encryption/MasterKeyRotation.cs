using System.Security.Cryptography;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>
/// Wraps data keys anew that a previous master key has wrapped, once at each start, and says in the log how it went: an operator has to know when the previous
/// one can go, and that one is missing. Files are not touched.
/// </summary>
internal sealed partial class MasterKeyRotation(IServiceScopeFactory scopes, MasterKeys masters, TimeProvider clock, ILogger<MasterKeyRotation> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await TryRotateAsync(stoppingToken))
                await Task.Delay(Pause, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start goes on.
        }
    }

    private async Task<bool> TryRotateAsync(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            // Of every organization: the master key is the server's.
            var old = await db.Set<DataKey>().IgnoreQueryFilters().AsNoTracking().Where(k => k.MasterKeyId != (masters.CurrentId ?? "")).ToListAsync(stop);
            var known = old.FindAll(key => masters.Knows(key.MasterKeyId));
            foreach (var key in known)
                await RewrapAsync(db, key, stop);
            if (known.Count > 0)
                LogRewrapped(logger, known.Count);
            if (known.Count < old.Count)
                LogUnknown(logger, old.Count - known.Count);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, failure);
            return false;
        }
    }

    private Task<int> RewrapAsync(AppDbContext db, DataKey key, CancellationToken stop)
    {
        var dataKey = masters.Unwrap(key);
        try
        {
            var rewrapped = masters.Wrap(dataKey, key.Id, key.OrganizationId, key.CreatedAt);
            // Another node may do the same, and a key that was destroyed meanwhile stays so.
            return db.WriteAsync(
                () => db.Set<DataKey>().IgnoreQueryFilters().Where(k => k.Id == key.Id && k.MasterKeyId == key.MasterKeyId)
                    .ExecuteUpdateAsync(set => set.SetProperty(k => k.WrappedKey, rewrapped.WrappedKey).SetProperty(k => k.MasterKeyId, rewrapped.MasterKeyId), stop),
                stop);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} data keys were wrapped anew by BLOB_ENCRYPTION_KEY. Once every node has it, BLOB_PREVIOUS_ENCRYPTION_KEYS can go")]
    private static partial void LogRewrapped(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Count} organizations' files cannot be read or added to: the master key that has wrapped their data key is neither BLOB_ENCRYPTION_KEY nor one of BLOB_PREVIOUS_ENCRYPTION_KEYS")]
    private static partial void LogUnknown(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Data keys could not be looked through")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
