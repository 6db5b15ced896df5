using System.Collections.Concurrent;
using System.Collections.Immutable;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>The sockets on this node, and what reaches them.</summary>
internal sealed class ChatHub
{
    // By organization, and by thread for those that listen to one alone.
    private readonly ConcurrentDictionary<(Guid Organization, Guid? Thread), ImmutableArray<ChatConnection>> _connections = new();
    private readonly ConcurrentDictionary<Guid, ThreadOrder> _orders = new();
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;

    public ChatHub(IMessageBus bus, ActorChanges changes, AccessGraphs graphs, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        (_clock, _stopping) = (clock, lifetime.ApplicationStopping);
        _stopping.Register(GoAway);
        bus.Subscribe(ChatBroadcast.Topic, message => Receive(LiveFrame.FromMessage(message)));
        changes.Changed += change =>
        {
            foreach (var connection in All())
                if (change.Concerns(connection.Actor))
                    connection.DoubtAccess();
        };
        graphs.Changed += organizationId =>
        {
            foreach (var connection in All())
                if (connection.Actor.OrganizationId == organizationId)
                    connection.DoubtAccess();
        };
    }

    public void Add(ChatConnection connection)
    {
        _connections.AddOrUpdate(KeyOf(connection), _ => [connection], (_, others) => others.Add(connection));
        // Whoever comes while the server goes was not among those told.
        if (_stopping.IsCancellationRequested)
            connection.GoAway();
    }

    /// <summary>Notes where a thread stands for somebody who begins to listen to it.</summary>
    public void StartAfter(Guid threadId, long sequenceNumber) => OrderOf(threadId).StartAfter(sequenceNumber);

    public void Remove(ChatConnection connection)
    {
        var key = KeyOf(connection);
        var left = _connections.AddOrUpdate(key, _ => [], (_, others) => others.Remove(connection));
        // Only if nobody came meanwhile.
        if (left.IsEmpty)
            _connections.TryRemove(new(key, left));
    }

    /// <summary>Who has a socket on this node, by organization. A key is nobody.</summary>
    public Dictionary<Guid, HashSet<Guid>> People() => All().Select(connection => connection.Actor).Where(actor => actor.Key is null)
        .GroupBy(actor => actor.OrganizationId).ToDictionary(actors => actors.Key, actors => actors.Select(actor => actor.RequiredUserId).ToHashSet());

    /// <summary>To every socket the frame of its organization, if there is one.</summary>
    public void Tell(IReadOnlyDictionary<Guid, byte[]> frames)
    {
        foreach (var connection in All())
            if (frames.TryGetValue(connection.Actor.OrganizationId, out var json))
                connection.Offer(json);
    }

    // With 1001, so that clients know to come back; requests under way end by themselves meanwhile.
    private void GoAway()
    {
        foreach (var connection in All())
            connection.GoAway();
    }

    private void Receive(LiveFrame frame)
    {
        var single = _connections.GetValueOrDefault((frame.OrganizationId, frame.ThreadId), []);
        var all = _connections.GetValueOrDefault((frame.OrganizationId, (Guid?)null), []);
        // Where somebody listened once the place is kept, or who comes next would be told out of order.
        if (single.IsEmpty && all.IsEmpty && !_orders.ContainsKey(frame.ThreadId))
            return;
        if (frame.IsAccessCheck)
        {
            foreach (var connection in single.Concat(all))
                connection.DoubtAccess();
        }
        else if (frame.SequenceNumber > 0)
        {
            OrderOf(frame.ThreadId).Take(frame);
        }
        else
        {
            Deliver(frame);
        }
    }

    private ThreadOrder OrderOf(Guid threadId) => _orders.GetOrAdd(threadId, _ => new ThreadOrder(Deliver, _clock));

    private void Deliver(LiveFrame frame)
    {
        foreach (var connection in _connections.GetValueOrDefault((frame.OrganizationId, frame.ThreadId), []))
            connection.Offer(frame);
        foreach (var connection in _connections.GetValueOrDefault((frame.OrganizationId, (Guid?)null), []))
            connection.Offer(frame);
    }

    private IEnumerable<ChatConnection> All() => _connections.Values.SelectMany(connections => connections);

    private static (Guid Organization, Guid? Thread) KeyOf(ChatConnection connection) => (connection.Actor.OrganizationId, connection.ThreadId);
}
