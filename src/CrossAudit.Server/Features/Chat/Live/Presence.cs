using System.Runtime.InteropServices;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>
/// Who has a socket open, on any node. Each node tells the others of its own people when they change, once a second at most, and every half minute in any case;
/// and it tells its sockets what has changed in one frame. However many people come back at once, after a node was lost say, each socket hears one frame a second.
/// A node that starts, or hears Redis again, asks the others who is there.
/// </summary>
internal sealed partial class Presence(IMessageBus bus, ChatHub hub, TimeProvider clock, ILogger<Presence> logger) : BackgroundService
{
    private const string Topic = "presence";
    private const int GuidLength = 16;

    // In place of an organization: who is there, wherever it is?
    private static readonly Guid Everywhere = Guid.Empty;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>Whoever connects again within this has not been away.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private readonly Guid _node = Guid.CreateVersion7(clock.GetUtcNow());
    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Organization, Guid Node), (HashSet<Guid> People, DateTimeOffset At)> _heard = [];
    private readonly Dictionary<Guid, Dictionary<Guid, DateTimeOffset>> _online = [];
    private readonly Dictionary<Guid, (HashSet<Guid> People, DateTimeOffset At)> _told = [];
    private int _isAsked;

    /// <summary>Who of an organization is there now.</summary>
    public List<Guid> Of(Guid organizationId)
    {
        lock (_lock)
            return [.. Seen(organizationId, hub.People().GetValueOrDefault(organizationId, [])).Union(_online.GetValueOrDefault(organizationId, []).Keys).Order()];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bus.Subscribe(Topic, Hear, missed: () => _ = PublishAsync(Everywhere, []).AsTask());
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await BeatAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops: the others need not wait for its silence.
            foreach (var organization in _told.Keys.ToList())
                await PublishAsync(organization, []);
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            if (Interlocked.Exchange(ref _isAsked, 0) == 1)
                _told.Clear();
            var here = hub.People();
            foreach (var organization in here.Keys.Union(_told.Keys).ToList())
                await TellOthersAsync(organization, here.GetValueOrDefault(organization, []));
            if (FramesOf(here) is { Count: > 0 } frames)
                hub.Tell(frames);
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
        }
    }

    private async Task TellOthersAsync(Guid organization, HashSet<Guid> people)
    {
        var now = clock.GetUtcNow();
        if (_told.TryGetValue(organization, out var before) && before.People.SetEquals(people) && now - before.At < Reminder)
            return;
        await PublishAsync(organization, people);
        if (people.Count > 0)
            _told[organization] = (people, now);
        else
            _told.Remove(organization);
    }

    private ValueTask PublishAsync(Guid organization, HashSet<Guid> people)
    {
        Guid[] ids = [_node, organization, .. people];
        return bus.PublishAsync(Topic, MemoryMarshal.AsBytes(ids.AsSpan()).ToArray());
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        if (message.Length < 2 * GuidLength || message.Length % GuidLength != 0)
            return;
        var ids = MemoryMarshal.Cast<byte, Guid>(message.Span);
        if (ids[0] == _node)
            return;
        if (ids[1] == Everywhere)
            Volatile.Write(ref _isAsked, 1);
        lock (_lock)
        {
            if (ids.Length == 2)
                _heard.Remove((ids[1], ids[0]));
            else
                _heard[(ids[1], ids[0])] = ([.. ids[2..]], clock.GetUtcNow());
        }
    }

    /// <summary>What has changed, by organization, where something has.</summary>
    private Dictionary<Guid, byte[]> FramesOf(Dictionary<Guid, HashSet<Guid>> here)
    {
        var frames = new Dictionary<Guid, byte[]>();
        lock (_lock)
            foreach (var organization in here.Keys.Union(_online.Keys).ToList())
                if (ChangeOf(organization, here.GetValueOrDefault(organization, [])) is { } change)
                    frames[organization] = ChatBroadcast.ToJson(new ServerFrame { Type = ChatFrameTypes.Presence, Data = ChatBroadcast.ToElement(change), Timestamp = clock.GetUtcNow() });
        return frames;
    }

    private PresenceChange? ChangeOf(Guid organization, HashSet<Guid> here)
    {
        var now = clock.GetUtcNow();
        if (!_online.TryGetValue(organization, out var online))
            _online[organization] = online = [];
        var seen = Seen(organization, here);
        var come = seen.Where(person => !online.ContainsKey(person)).ToList();
        foreach (var person in seen)
            online[person] = now;
        var gone = online.Where(person => now - person.Value >= Grace).Select(person => person.Key).ToList();
        gone.ForEach(person => online.Remove(person));
        if (online.Count == 0)
            _online.Remove(organization);
        return come.Count + gone.Count > 0 ? new PresenceChange { Online = come, Offline = gone } : null;
    }

    // A node that is not heard of any more is no more.
    private HashSet<Guid> Seen(Guid organization, HashSet<Guid> here)
    {
        var now = clock.GetUtcNow();
        foreach (var silent in _heard.Where(heard => now - heard.Value.At > Silence).Select(heard => heard.Key).ToList())
            _heard.Remove(silent);
        return [.. here, .. _heard.Where(heard => heard.Key.Organization == organization).SelectMany(heard => heard.Value.People)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is present could not be told")]
    private static partial void LogFault(ILogger logger, Exception cause);
}
