using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts attempts for all nodes together, in Redis. While that is away each node counts by itself: an outage must neither open the door nor shut it.</summary>
internal sealed partial class RedisAttemptLimits(IConnectionMultiplexer redis, InProcessAttemptLimits local, TimeProvider clock, ILogger<RedisAttemptLimits> logger) : IAttemptLimits
{
    // One slot of a cluster, since a script takes keys of one alone.
    private const string Prefix = "crossaudit:{attempts}:";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _localUntil;

    public ValueTask<AttemptVerdict> BeginAsync(IReadOnlyList<AttemptKey> keys) => TryAsync(
        keys[0].Rule.IsPerNode,
        async database => (long[])(await database.ScriptEvaluateAsync(AttemptScripts.Begin, KeysOf(keys), AttemptScripts.Arguments(keys, clock.GetUtcNow())))! is [> 0 and var wait, var isFirst]
            ? new AttemptVerdict(TimeSpan.FromMilliseconds(wait), isFirst == 1)
            : default,
        () => local.BeginAsync(keys));

    public async ValueTask TakeBackAsync(IReadOnlyList<AttemptKey> keys) => await TryAsync<bool>(
        keys[0].Rule.IsPerNode,
        async database => await database.ScriptEvaluateAsync(AttemptScripts.TakeBack, KeysOf(keys), AttemptScripts.Arguments(keys, clock.GetUtcNow())) is not null,
        async () =>
        {
            await local.TakeBackAsync(keys);
            return true;
        });

    public async ValueTask ForgetAsync(AttemptKey key)
    {
        // Here as well: what was counted while Redis was away is forgotten with the rest.
        await local.ForgetAsync(key);
        await TryAsync(key.Rule.IsPerNode, database => database.KeyDeleteAsync(Prefix + key.Name), () => new(true));
    }

    public async ValueTask MarkAsync(string name, TimeSpan lifetime)
    {
        await local.MarkAsync(name, lifetime);
        await TryAsync(false, database => database.StringSetAsync(Prefix + "mark:" + name, 1, lifetime), () => new(true));
    }

    public ValueTask<bool> IsMarkedAsync(string name) => TryAsync(false, database => database.KeyExistsAsync(Prefix + "mark:" + name), () => local.IsMarkedAsync(name));

    private static RedisKey[] KeysOf(IReadOnlyList<AttemptKey> keys) => [.. keys.Select(key => (RedisKey)(Prefix + key.Name))];

    // After a failure Redis is left alone for a while, so that an outage costs one request in a few seconds its patience, and not each.
    private async ValueTask<T> TryAsync<T>(bool isPerNode, Func<IDatabase, Task<T>> shared, Func<ValueTask<T>> onThisNode)
    {
        if (isPerNode || clock.GetTimestamp() < Interlocked.Read(ref _localUntil))
            return await onThisNode();
        try
        {
            return await shared(redis.GetDatabase()).WaitAsync(Patience);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            Interlocked.Exchange(ref _localUntil, clock.GetTimestamp() + (long)(Pause.TotalSeconds * clock.TimestampFrequency));
            LogAway(logger, away);
            return await onThisNode();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempts are counted on this node alone for a while: Redis is away")]
    private static partial void LogAway(ILogger logger, Exception cause);
}
