using System.Collections.Concurrent;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>
/// Counts the uses of keys in memory, and writes them down every few seconds: many at a time, and none while anybody waits. Of a node that dies the last
/// seconds are not counted.
/// </summary>
internal sealed partial class ApiKeyUsage(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ApiKeyUsage> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private const int MostRaces = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, Uses> _uses = new();

    public void Count(Guid apiKeyId) => Add(apiKeyId, new Uses(1, clock.GetUtcNow()));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was counted last is written before the server goes.
        }
        await WriteAsync(CancellationToken.None);
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        foreach (var batch in _uses.Keys.Chunk(BatchSize))
        {
            var taken = new Dictionary<Guid, Uses>();
            foreach (var id in batch)
                if (_uses.TryRemove(id, out var uses))
                    taken[id] = uses;
            try
            {
                if (await TryWriteAsync(taken, stop))
                    continue;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogLater(logger, fault, taken.Count);
            }
            // Next time.
            foreach (var (id, uses) in taken)
                Add(id, uses);
        }
    }

    private async Task<bool> TryWriteAsync(Dictionary<Guid, Uses> taken, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var ids = taken.Keys.ToList();
        for (var race = 0; race < MostRaces; race++)
        {
            // One read and one round trip of updates, however many keys there are.
            foreach (var row in await db.Set<ApiKeyUse>().Where(use => ids.Contains(use.ApiKeyId)).ToListAsync(stop))
            {
                var uses = taken[row.ApiKeyId];
                row.UsageCount += uses.Number;
                row.LastUsedAt = row.LastUsedAt > uses.Last ? row.LastUsedAt : uses.Last;
            }
            if (await db.TrySaveAsync(stop))
                return true;
        }
        return false;
    }

    private void Add(Guid id, Uses more) => _uses.AddOrUpdate(
        id, static (_, first) => first, static (_, known, next) => new Uses(known.Number + next.Number, known.Last > next.Last ? known.Last : next.Last), more);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The uses of {Count} API keys are written down later")]
    private static partial void LogLater(ILogger logger, Exception cause, int count);

    private readonly record struct Uses(long Number, DateTimeOffset Last);
}
