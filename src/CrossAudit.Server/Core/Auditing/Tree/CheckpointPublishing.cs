using System.Globalization;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>
/// Puts the checkpoint of each log that has grown into a folder, each hour: a file that is never changed, on storage that the database's administrators cannot reach. Whoever cuts a log off, or puts back
/// an old state of the database, is then shown to have done so.
/// </summary>
internal sealed partial class CheckpointPublishing(IServiceScopeFactory scopes, Settings settings, TimeProvider clock, ILogger<CheckpointPublishing> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.CheckpointDirectory is not { } folder)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
                await PublishAsync(folder, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task PublishAsync(string folder, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var trees = scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditTree>().AsNoTracking().Select(tree => new { tree.OrganizationId, tree.Size, tree.Checkpoint });
            await foreach (var tree in trees.AsAsyncEnumerable().WithCancellation(stop))
                await WriteAsync(Path.Combine(folder, tree.OrganizationId.ToString(), tree.Size.ToString("D12", CultureInfo.InvariantCulture) + ".checkpoint"), tree.Checkpoint, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, folder, failure);
        }
    }

    // Whole or not at all: a file with half a checkpoint would stay so. Another node may have written the same.
    private static async Task WriteAsync(string path, string checkpoint, CancellationToken stop)
    {
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Environment.MachineName}-{Environment.ProcessId}";
        await File.WriteAllTextAsync(part, checkpoint, stop);
        File.Move(part, path, overwrite: true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Checkpoints of the audit log could not be written to {Folder}: tried again in an hour")]
    private static partial void LogFailed(ILogger logger, string folder, Exception cause);
}
