namespace CrossAudit.Server.Platform.Messaging;

/// <summary>
/// Tells all nodes that something happened. A message may be lost (Redis away, a node starting): it wakes or refreshes, and what must not be
/// lost is a row.
/// </summary>
internal interface IMessageBus
{
    /// <summary>Sends to every subscriber of the topic on every node, this one included, in the order published here.</summary>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message);

    /// <summary>
    /// Calls <paramref name="receive"/> for each message, one at a time a topic, and <paramref name="missed"/> once messages of other nodes
    /// are heard (again) after some may have been lost: what is remembered from messages is then in doubt. Neither may block.
    /// </summary>
    void Subscribe(string topic, Action<ReadOnlyMemory<byte>> receive, Action? missed = null);

    /// <summary>Whether messages reach other nodes now.</summary>
    Task ProbeAsync(CancellationToken stop);
}
