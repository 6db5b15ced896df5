namespace CrossAudit.Server.Platform.Messaging;

/// <summary>
/// Tells all nodes that something happened. A message may be lost (Redis away, a node starting): it wakes or refreshes, and what must not be
/// lost is a row.
/// </summary>
internal interface IMessageBus
{
    /// <summary>Sends to every subscriber of the topic on every node, this one included, in the order published here.</summary>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message);

    /// <summary>Calls <paramref name="receive"/> for each message, one at a time a topic. It must not block.</summary>
    void Subscribe(string topic, Action<ReadOnlyMemory<byte>> receive);

    /// <summary>Whether messages reach other nodes now.</summary>
    Task ProbeAsync(CancellationToken stop);
}
