using System.Collections.Concurrent;
using System.Threading.Channels;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Platform.Work;

/// <summary>
/// Does the work that rows ask for: claims what is due, runs it, tries again with growing pauses, and parks what keeps failing by itself. What fails because
/// something else is away is tried for as long as the work allows.
/// It is woken by the bus and, in case a wake-up was lost or a node died, by a slow poll.
/// </summary>
internal sealed partial class WorkLoop<TRow, TWork>(IServiceScopeFactory scopes, IMessageBus bus, TimeProvider clock, ILogger<WorkLoop<TRow, TWork>> logger) : BackgroundService
    where TRow : class, IDueRow
    where TWork : class, IWork<TRow>
{
    private const int MostFailures = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    // Of what is failing just now. A start forgets them, which costs a hopeless row a few attempts more; the pauses go by the row's own count.
    private readonly ConcurrentDictionary<Guid, int> _failures = new();

    private readonly SemaphoreSlim _slots = new(TWork.Concurrency, TWork.Concurrency);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bus.Subscribe(WorkSignal.Topic<TRow>(), _ => _wake.Writer.TryWrite(true), missed: () => _wake.Writer.TryWrite(true));
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stoppingToken);
                if (await ClaimAsync(stoppingToken) is [var row])
                {
                    _ = RunAsync(row, stoppingToken);
                    continue;
                }
                _slots.Release();
                await WaitAsync(stoppingToken);
            }
        }
        catch (Exception over) when (stoppingToken.IsCancellationRequested && over is OperationCanceledException or ObjectDisposedException)
        {
            // The server stops.
        }
    }

    private async Task<List<TRow>> ClaimAsync(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var now = clock.GetUtcNow();
            return await scope.ServiceProvider.GetRequiredService<AppDbContext>().ClaimDueAsync<TRow>(now, now + TWork.TimeLimit + Margin, 1, stop);
        }
        catch (Exception away) when (!stop.IsCancellationRequested)
        {
            LogClaimFailed(logger, typeof(TRow).Name, away);
            return [];
        }
    }

    private async Task RunAsync(TRow row, CancellationToken stopping)
    {
        // The source's own timer: one that cancels it from outside may fire as it is disposed, on a thread where the exception ends the process.
        using var limit = new CancellationTokenSource(TWork.TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TWork>().RunAsync(row, either.Token);
            _failures.TryRemove(row.Id, out _);
        }
        catch (Exception failure)
        {
            await RescheduleAsync(row, failure, stopping);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task RescheduleAsync(TRow row, Exception failure, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var (db, now) = (scope.ServiceProvider.GetRequiredService<AppDbContext>(), clock.GetUtcNow());
            if (stopping.IsCancellationRequested)
                await db.HandBackAsync(row, now);
            else if (IsHopeless(row, failure, now))
                await ParkAsync(scope, row, failure);
            else
                await db.HandBackAsync(row, now + Backoff.After(row.Attempts, TWork.LongestPause));
            Log(row, failure);
        }
        catch (Exception away)
        {
            // The claim runs out by itself, and the row is due again.
            LogClaimFailed(logger, typeof(TRow).Name, away);
        }
    }

    private bool IsHopeless(TRow row, Exception failure, DateTimeOffset now) => TWork.IsOwn(failure)
        ? _failures.AddOrUpdate(row.Id, 1, (_, failures) => failures + 1) >= MostFailures
        : TWork.IsTooLate(row, now);

    private async Task ParkAsync(AsyncServiceScope scope, TRow row, Exception failure)
    {
        await scope.ServiceProvider.GetRequiredService<TWork>().ParkAsync(row, failure, CancellationToken.None);
        _failures.TryRemove(row.Id, out _);
        LogParked(logger, typeof(TRow).Name, row.Id, row.Attempts);
    }

    // What is away may be so for days, and for many rows: its words once, and not where in the program they were heard.
    private void Log(TRow row, Exception failure)
    {
        if (TWork.IsOwn(failure))
            LogFailed(logger, typeof(TRow).Name, row.Id, row.Attempts, failure);
        else
            LogWaits(logger, typeof(TRow).Name, row.Id, row.Attempts, failure.GetType().Name, failure.Message);
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        try
        {
            // Waiting takes nothing: a wait that the poll has given up on cannot swallow the next wake-up.
            await _wake.Reader.WaitToReadAsync(stop).AsTask().WaitAsync(Poll, clock, stop);
            _wake.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // Nobody called: look anyway.
        }
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Row} {Id} failed at attempt {Attempt}")]
    private static partial void LogFailed(ILogger logger, string row, Guid id, int attempt, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Row} {Id} waits after attempt {Attempt}: {Kind}: {Reason}")]
    private static partial void LogWaits(ILogger logger, string row, Guid id, int attempt, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Row} {Id} is given up after attempt {Attempt}")]
    private static partial void LogParked(ILogger logger, string row, Guid id, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Due rows of {Row} could not be claimed or handed back")]
    private static partial void LogClaimFailed(ILogger logger, string row, Exception cause);
}
