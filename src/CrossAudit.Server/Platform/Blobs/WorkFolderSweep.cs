using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Removes work files that a killed server has left behind: whoever works on one ends with it in far less than a day.</summary>
internal sealed partial class WorkFolderSweep(Settings settings, TimeProvider clock, ILogger<WorkFolderSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
                Sweep();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void Sweep()
    {
        try
        {
            var before = clock.GetUtcNow() - Kept;
            foreach (var file in new DirectoryInfo(settings.WorkDirectory).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime))
                file.Delete();
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing has been received yet.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old work files could not be removed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
