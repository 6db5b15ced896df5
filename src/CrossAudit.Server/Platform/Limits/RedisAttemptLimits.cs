using System.Globalization;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts attempts for all nodes together, in Redis. While that is away each node counts by itself: an outage must neither open the door nor shut it.</summary>
internal sealed partial class RedisAttemptLimits(IConnectionMultiplexer redis, InProcessAttemptLimits local, TimeProvider clock, ILogger<RedisAttemptLimits> logger) : IAttemptLimits
{
    private const string Prefix = "crossaudit:attempts:";
    private const int MostWaits = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // A hash of n (attempts), next (when the next may be made), refused. The waits come as arguments: how they grow is said in one place.
    private const string Begin = """
        local now = tonumber(ARGV[1])
        local n = tonumber(redis.call('HGET', KEYS[1], 'n') or '0')
        local next = tonumber(redis.call('HGET', KEYS[1], 'next') or '0')
        if now < next then
          return {next - now, redis.call('HSETNX', KEYS[1], 'refused', '1')}
        end
        n = n + 1
        local wait = tonumber(ARGV[math.min(n, #ARGV - 2) + 2])
        redis.call('HSET', KEYS[1], 'n', n, 'next', now + wait)
        redis.call('HDEL', KEYS[1], 'refused')
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return {0, 0}
        """;

    private const string TakeBack = """
        if redis.call('EXISTS', KEYS[1]) == 1 then
          redis.call('HINCRBY', KEYS[1], 'n', -1)
          redis.call('HDEL', KEYS[1], 'next')
        end
        """;

    public async ValueTask<AttemptVerdict> BeginAsync(string key, AttemptRule rule)
    {
        try
        {
            var answer = (long[])(await Database().ScriptEvaluateAsync(Begin, [Prefix + key], Arguments(rule)).WaitAsync(Patience))!;
            return answer[0] > 0 ? new AttemptVerdict(TimeSpan.FromMilliseconds(answer[0]), answer[1] == 1) : default;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogAway(logger, away);
            return await local.BeginAsync(key, rule);
        }
    }

    public async ValueTask TakeBackAsync(string key)
    {
        await local.TakeBackAsync(key);
        await TryAsync(database => database.ScriptEvaluateAsync(TakeBack, [Prefix + key]));
    }

    public async ValueTask ForgetAsync(string key)
    {
        await local.ForgetAsync(key);
        await TryAsync(database => database.KeyDeleteAsync(Prefix + key));
    }

    // The waits for the first attempts, up to and beyond where they stop growing.
    private RedisValue[] Arguments(AttemptRule rule) =>
    [
        clock.GetUtcNow().ToUnixTimeMilliseconds(),
        (long)rule.Memory.TotalMilliseconds,
        .. Enumerable.Range(1, rule.Free + MostWaits).Select(attempts => (RedisValue)((long)rule.WaitAfter(attempts).TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
    ];

    private IDatabase Database() => redis.GetDatabase();

    private async Task TryAsync(Func<IDatabase, Task> change)
    {
        try
        {
            await change(Database()).WaitAsync(Patience);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogAway(logger, away);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempts are counted on this node alone: Redis is away")]
    private static partial void LogAway(ILogger logger, Exception cause);
}
