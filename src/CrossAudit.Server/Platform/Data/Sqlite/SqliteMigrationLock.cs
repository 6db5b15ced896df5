using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>Lets one process migrate the file at a time. The operating system keeps the lock, and ends it with the process, however that ends.</summary>
internal static class SqliteMigrationLock
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for one's turn; disposing the result ends it. The file stays: deleting it would let two in, each with a file of its own.</summary>
    /// <exception cref="SettingsException">Somebody else had it all the time.</exception>
    public static async Task<IAsyncDisposable> TakeAsync(string database, CancellationToken stop, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var isTold = false; ; isTold = true)
        {
            if (TryTake(database + ".migrating") is { } taken)
                return taken;
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? Patience))
                throw new SettingsException($"Another process is bringing {database} up to date and does not come to its end. Wait for it, or end it, and start again.");
            if (!isTold)
                await Console.Error.WriteLineAsync($"Waiting for another process that is bringing {database} up to date.");
            await Task.Delay(Pause, TimeProvider.System, stop);
        }
    }

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            return null;
        }
    }
}
