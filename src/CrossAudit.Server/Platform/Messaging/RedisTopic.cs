using System.Security.Cryptography;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Messaging;

/// <summary>
/// One topic as the other nodes speak on it. Redis keeps nothing for who is not there: whenever this node may have been deaf (at its start,
/// or with a connection lost and restored), it calls into the topic until it hears itself, and from there on misses nothing.
/// </summary>
internal sealed partial class RedisTopic(IConnectionMultiplexer redis, string name, ReadOnlyMemory<byte> origin, ILogger logger, CancellationToken stop)
{
    private static readonly TimeSpan CallAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly RedisChannel _channel = RedisChannel.Literal("crossaudit:" + name);
    private byte[]? _call;
    private int _listening;

    /// <summary>A message of another node.</summary>
    public required Action<ReadOnlyMemory<byte>> Receive { get; init; }

    /// <summary>Messages of other nodes may have been lost until now; raised between messages.</summary>
    public event Action? Missed;

    public Task<long> PublishAsync(ReadOnlyMemory<byte> message) =>
        redis.GetSubscriber().PublishAsync(_channel, (byte[])[.. origin.Span, .. message.Span], CommandFlags.FireAndForget);

    public void Listen()
    {
        if (Interlocked.Exchange(ref _listening, 1) == 1)
            return;
        // Not waited for: where Redis is away, the client subscribes as soon as it is back, and the server starts without it.
        redis.GetSubscriber().Subscribe(_channel, CommandFlags.FireAndForget).OnMessage(published => Hear(published.Message));
        redis.ConnectionRestored += (_, _) => _ = CallUntilHeardAsync();
        _ = CallUntilHeardAsync();
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        if (!message.Span.StartsWith(origin.Span))
        {
            if (message.Length >= origin.Length)
                Receive(message[origin.Length..]);
        }
        else if (Volatile.Read(ref _call) is { } call && message.Span[origin.Length..].SequenceEqual(call) && Interlocked.CompareExchange(ref _call, null, call) == call)
        {
            Missed?.Invoke();
        }
    }

    private async Task CallUntilHeardAsync()
    {
        // A call of its own each time: an echo from before the loss proves nothing.
        var call = RandomNumberGenerator.GetBytes(origin.Length);
        Volatile.Write(ref _call, call);
        while (Volatile.Read(ref _call) == call && !stop.IsCancellationRequested)
        {
            try
            {
                await PublishAsync(call);
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                LogUnheard(logger, name, away);
            }
            await Task.Delay(CallAgainAfter, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Topic {Topic} is not heard yet")]
    private static partial void LogUnheard(ILogger logger, string topic, Exception cause);
}
