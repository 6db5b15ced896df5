using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts attempts for all nodes together, in Redis. While that is away each node counts by itself: an outage must neither open the door nor shut it.</summary>
internal sealed class RedisAttemptLimits(RedisPatience redis, InProcessAttemptLimits local, TimeProvider clock) : IAttemptLimits
{
    // One slot of a cluster, since a script takes keys of one alone.
    private const string Prefix = "crossaudit:{attempts}:";

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

    private ValueTask<T> TryAsync<T>(bool isPerNode, Func<IDatabase, Task<T>> shared, Func<ValueTask<T>> onThisNode) => isPerNode ? onThisNode() : redis.TryAsync(shared, onThisNode);
}
