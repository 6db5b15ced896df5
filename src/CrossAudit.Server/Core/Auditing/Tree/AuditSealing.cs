using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>Seals what was committed, within a second: soon after something is recorded here, and now and then for the events of nodes that have died.</summary>
internal sealed partial class AuditSealing(IServiceScopeFactory scopes, SealingSignal signal, TimeProvider clock, ILogger<AuditSealing> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    // Long enough that a commit, which follows the recording, is through, and that many events share a seal.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(400);

    // What was recorded may take this long to be committed before the poll is left to find it.
    private const int QuietRounds = 4;

    // Beside the sealing, which is not to wait for it: while that is behind, this rests.
    private Task _indexing = Task.CompletedTask;
    private volatile bool _isBehind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (_indexing.IsCompleted)
                    _indexing = Task.Run(() => IndexAsync(stoppingToken), CancellationToken.None);
                await signal.WaitAsync(Poll, clock, stoppingToken);
                for (var quiet = 0; quiet < QuietRounds; quiet++)
                {
                    await Task.Delay(Gathering, clock, stoppingToken);
                    var recorded = signal.Take();
                    if (await SealAsync(stoppingToken) > 0 || recorded)
                        quiet = 0;
                    else if (quiet == 0)
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. What is not sealed yet is sealed by the next that runs.
        }
    }

    private async Task<int> SealAsync(CancellationToken stop)
    {
        try
        {
            var all = 0;
            while (true)
            {
                await using var scope = scopes.CreateAsyncScope();
                var sealing = scope.ServiceProvider.GetRequiredService<TreeSealing>();
                var (count, refused) = await sealing.SealAsync(stop);
                foreach (var (organization, why) in refused)
                    LogRefused(logger, organization, why);
                all += count;
                _isBehind = count == TreeSealing.MostAtOnce;
                if (!_isBehind && all > 0 && _indexing.IsCompleted)
                    _indexing = Task.Run(() => IndexAsync(stop), CancellationToken.None);
                if (!_isBehind)
                    return all;
            }
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, failure);
            return 0;
        }
    }

    private async Task IndexAsync(CancellationToken stop)
    {
        try
        {
            for (var isMore = true; isMore && !_isBehind;)
            {
                await using var scope = scopes.CreateAsyncScope();
                isMore = await scope.ServiceProvider.GetRequiredService<AuditIndexing>().IndexAsync(stop);
            }
        }
        catch (Exception failure)
        {
            if (!stop.IsCancellationRequested)
                LogIndexingFailed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit events could not be indexed; they are found all the same, more slowly")]
    private static partial void LogIndexingFailed(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit log of organization {Organization} does not agree with its own checkpoint and grows no further: {Why}")]
    private static partial void LogRefused(ILogger logger, Guid organization, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit events could not be sealed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
