using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CrossAudit.Server.Platform.Messaging;

/// <summary>The bus of a single node.</summary>
internal sealed class InProcessBus : IMessageBus
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Action<ReadOnlyMemory<byte>>>> _subscribers = new(StringComparer.Ordinal);

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message)
    {
        Deliver(topic, message);
        return ValueTask.CompletedTask;
    }

    /// <summary>Calls the topic's subscribers one after the other, in the order in which they subscribed.</summary>
    public void Deliver(string topic, ReadOnlyMemory<byte> message)
    {
        if (_subscribers.TryGetValue(topic, out var subscribers))
            foreach (var receive in subscribers)
                receive(message);
    }

    public void Subscribe(string topic, Action<ReadOnlyMemory<byte>> receive, Action? missed = null) =>
        _subscribers.AddOrUpdate(topic, _ => [receive], (_, others) => others.Add(receive));

    public Task ProbeAsync(CancellationToken stop) => Task.CompletedTask;
}
