using System.Collections.Concurrent;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Messaging;

/// <summary>The bus of many nodes, over Redis pub/sub. What this node publishes reaches its own subscribers at once, Redis or no Redis.</summary>
internal sealed partial class RedisBus(IConnectionMultiplexer redis, IHostApplicationLifetime lifetime, ILogger<RedisBus> logger) : IMessageBus
{
    private readonly byte[] _origin = RandomNumberGenerator.GetBytes(16);
    private readonly InProcessBus _local = new();
    private readonly ConcurrentDictionary<string, RedisTopic> _topics = new(StringComparer.Ordinal);

    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message)
    {
        await _local.PublishAsync(topic, message);
        try
        {
            await Topic(topic).PublishAsync(message);
        }
        catch (RedisException away)
        {
            // Other nodes catch up when they hear Redis again; meanwhile by their slow poll and their snapshots' expiry.
            LogLost(logger, topic, away);
        }
    }

    public void Subscribe(string topic, Action<ReadOnlyMemory<byte>> receive, Action? missed = null)
    {
        _local.Subscribe(topic, receive);
        // One queue a topic: subscribers hear a message in the same order wherever it comes from, and what is remembered is dropped before it is asked for again.
        var spoken = Topic(topic);
        spoken.Missed += missed;
        spoken.Listen();
    }

    public async Task ProbeAsync(CancellationToken stop) => await redis.GetDatabase().PingAsync().WaitAsync(stop);

    private RedisTopic Topic(string topic) => _topics.GetOrAdd(topic, name =>
        new RedisTopic(redis, name, _origin, logger, lifetime.ApplicationStopping) { Receive = message => _local.Deliver(name, message) });

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message on {Topic} did not reach the other nodes")]
    private static partial void LogLost(ILogger logger, string topic, Exception cause);
}
