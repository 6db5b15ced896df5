using System.Collections.Concurrent;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Messaging;

/// <summary>The bus of many nodes, over Redis pub/sub. What this node publishes reaches its own subscribers at once, Redis or no Redis.</summary>
internal sealed partial class RedisBus(IConnectionMultiplexer redis, ILogger<RedisBus> logger) : IMessageBus
{
    private const int OriginLength = 16;
    private const string Prefix = "crossaudit:";

    private readonly byte[] _origin = System.Security.Cryptography.RandomNumberGenerator.GetBytes(OriginLength);
    private readonly InProcessBus _local = new();
    private readonly ConcurrentDictionary<string, Lazy<ChannelMessageQueue>> _queues = new(StringComparer.Ordinal);

    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message)
    {
        await _local.PublishAsync(topic, message);
        try
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(Prefix + topic), (byte[])[.. _origin, .. message.Span], CommandFlags.FireAndForget);
        }
        catch (RedisException away)
        {
            // Other nodes notice by their slow poll and their snapshots' expiry.
            LogLost(logger, topic, away);
        }
    }

    public void Subscribe(string topic, Action<ReadOnlyMemory<byte>> receive)
    {
        _local.Subscribe(topic, receive);
        // One queue a topic: subscribers hear a message in the same order wherever it comes from, and what is remembered is dropped before it is asked for again.
        _ = _queues.GetOrAdd(topic, name => new Lazy<ChannelMessageQueue>(() => Listen(name))).Value;
    }

    public async Task ProbeAsync(CancellationToken stop) => await redis.GetDatabase().PingAsync().WaitAsync(stop);

    private ChannelMessageQueue Listen(string topic)
    {
        // Not waited for: where Redis is away, the client subscribes as soon as it is back, and the server starts without it.
        var queue = redis.GetSubscriber().Subscribe(RedisChannel.Literal(Prefix + topic), CommandFlags.FireAndForget);
        queue.OnMessage(published =>
        {
            ReadOnlyMemory<byte> bytes = published.Message;
            if (bytes.Length >= OriginLength && !bytes.Span[..OriginLength].SequenceEqual(_origin))
                _local.Deliver(topic, bytes[OriginLength..]);
        });
        return queue;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message on {Topic} did not reach the other nodes")]
    private static partial void LogLost(ILogger logger, string topic, Exception cause);
}
