using System.Collections.Concurrent;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>
/// The graphs of the organizations that are at work on this node. A change drops its organization's at once, on every node; should the message be lost, the
/// version is looked up after <see cref="Fresh"/>.
/// </summary>
internal sealed class AccessGraphs
{
    /// <summary>How long a graph is trusted without a word.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 10_000;
    private const int Lanes = 64;

    private readonly ConcurrentDictionary<Guid, Known> _known = new();
    // A lane of organizations reads one graph at a time, and counts the changes heard of: what is read while one comes in is not kept.
    private readonly SemaphoreSlim[] _reading = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly long[] _changes = new long[Lanes];
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;

    public AccessGraphs(IServiceScopeFactory scopes, IMessageBus bus, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        bus.Subscribe(
            AccessVersion.Topic,
            message =>
            {
                var organizationId = new Guid(message.Span);
                Forget(organizationId);
                Changed?.Invoke(organizationId);
            },
            missed: DoubtAll);
    }

    /// <summary>Raised when who may do what in an organization has changed.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The organization's graph as it is now. Mostly it is at hand.</summary>
    public ValueTask<AccessGraph> OfAsync(Guid organizationId, CancellationToken stop) =>
        _known.TryGetValue(organizationId, out var known) && _clock.GetUtcNow() - known.LookedAt < Fresh ? new(known.Graph) : new(ReadAsync(organizationId, stop));

    /// <summary>Drops what is known of an organization, so that the next who asks reads.</summary>
    public void Forget(Guid organizationId)
    {
        Interlocked.Increment(ref _changes[LaneOf(organizationId)]);
        _known.TryRemove(organizationId, out _);
    }

    // A graph in doubt is asked for its version, and read anew only if that has moved.
    private void DoubtAll()
    {
        for (var lane = 0; lane < Lanes; lane++)
            Interlocked.Increment(ref _changes[lane]);
        foreach (var (organizationId, known) in _known)
        {
            _known.TryUpdate(organizationId, known with { LookedAt = DateTimeOffset.MinValue }, known);
            Changed?.Invoke(organizationId);
        }
    }

    private async Task<AccessGraph> ReadAsync(Guid organizationId, CancellationToken stop)
    {
        var lane = LaneOf(organizationId);
        await _reading[lane].WaitAsync(stop);
        try
        {
            var (before, now) = (Interlocked.Read(ref _changes[lane]), _clock.GetUtcNow());
            if (_known.TryGetValue(organizationId, out var known) && now - known.LookedAt < Fresh)
                return known.Graph;
            await using var scope = _scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            var graph = known is not null && await AccessGraphReader.VersionOfAsync(db, organizationId, stop) == known.Graph.Version
                ? known.Graph
                : await AccessGraphReader.ReadAsync(db, organizationId, stop);
            Remember(graph, now, lane, before);
            return graph;
        }
        finally
        {
            _reading[lane].Release();
        }
    }

    private void Remember(AccessGraph graph, DateTimeOffset now, int lane, long changesBefore)
    {
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[graph.OrganizationId] = new Known(graph, now);
        if (Interlocked.Read(ref _changes[lane]) != changesBefore)
            _known.TryRemove(graph.OrganizationId, out _);
    }

    private static int LaneOf(Guid organizationId) => (organizationId.GetHashCode() & int.MaxValue) % Lanes;

    private sealed record Known(AccessGraph Graph, DateTimeOffset LookedAt);
}
