using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>
/// Asks Redis, and where that is away does it on this node. After a failure Redis is left alone for a while, so that an outage costs one request in a few
/// seconds its patience, and not each.
/// </summary>
internal sealed partial class RedisPatience(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisPatience> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _localUntil;

    public async ValueTask<T> TryAsync<T>(Func<IDatabase, Task<T>> shared, Func<ValueTask<T>> onThisNode)
    {
        if (clock.GetTimestamp() < Interlocked.Read(ref _localUntil))
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests and attempts are counted on this node alone for a while: Redis is away")]
    private static partial void LogAway(ILogger logger, Exception cause);
}
