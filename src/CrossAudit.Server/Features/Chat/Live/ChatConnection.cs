using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>One socket: what goes out waits in a bounded buffer, so that a slow reader costs its own connection and nobody else's.</summary>
internal sealed class ChatConnection(WebSocket socket, Actor actor, Guid? threadId) : IDisposable
{
    private const int MostWaiting = 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<ReadOnlyMemory<byte>> _outgoing = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly ConcurrentDictionary<Guid, Replay> _replays = new();
    private readonly ConcurrentDictionary<Guid, long> _replayedTo = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private volatile Actor _actor = actor;

    /// <summary>Raised when the server stops.</summary>
    public event Action? GoingAway;

    /// <summary>Raised when the actor's rights, or the thread's, may have changed.</summary>
    public event Action? AccessDoubted;

    /// <summary>Who listens; renewed in-band.</summary>
    public Actor Actor => _actor;

    /// <summary>The one thread it listens to; null for all that its actor may read.</summary>
    public Guid? ThreadId { get; } = threadId;

    /// <summary>The same person by a newer token. Looked at once more, for what ended its session while it was read was told of the old one.</summary>
    public void Renew(Actor renewed)
    {
        _actor = renewed;
        DoubtAccess();
    }

    /// <summary>What the actor's rights are now; false, and nothing changed, where it has been renewed since it was read.</summary>
    public bool TryReplaceActor(Actor read, Actor now) => ReferenceEquals(Interlocked.CompareExchange(ref _actor, now, read), read);

    /// <summary>A frame to everyone in a thread. Never waits: a full buffer ends the connection.</summary>
    public void Offer(LiveFrame frame)
    {
        if (!frame.MayBeHeardBy(Actor) || (_replays.TryGetValue(frame.ThreadId, out var replay) && replay.Hold(frame, MostWaiting)))
            return;
        // A message is stored before it is told: what the replay has read may be told only now.
        if (frame.SequenceNumber > 0 && _replayedTo.TryGetValue(frame.ThreadId, out var replayed) && frame.SequenceNumber <= replayed)
            return;
        Enqueue(frame.JsonFor(Actor));
    }

    /// <summary>A frame that is about no thread. Never waits: a full buffer ends the connection.</summary>
    public void Offer(ReadOnlyMemory<byte> json) => Enqueue(json);

    /// <summary>A frame to this socket alone; waits for room.</summary>
    public ValueTask SendAsync(ServerFrame frame, CancellationToken stop) => _outgoing.Writer.WriteAsync(ChatBroadcast.ToJson(frame), stop);

    /// <summary>Holds live frames of a thread back while what was missed is replayed.</summary>
    public void BeginReplay(Guid thread) => _replays[thread] = new Replay();

    /// <summary>Lets go what was held back, but for messages that the replay has sent.</summary>
    public void EndReplay(Guid thread, long lastReplayed)
    {
        _replayedTo[thread] = lastReplayed;
        if (_replays.TryRemove(thread, out var replay))
            replay.Release(frame =>
            {
                if (frame.SequenceNumber == 0 || frame.SequenceNumber > lastReplayed)
                    Enqueue(frame.JsonFor(Actor));
            });
    }

    public void GoAway() => GoingAway?.Invoke();

    public void DoubtAccess() => AccessDoubted?.Invoke();

    /// <summary>Once the token, or a role that the actor has, comes to its end.</summary>
    public void DoubtAccessIfOver(DateTimeOffset now)
    {
        if (Actor.ExpiresAt <= now || Actor.Access.ValidUntil <= now)
            DoubtAccess();
    }

    /// <summary>Sends what waits until the socket closes.</summary>
    public async Task PumpAsync(CancellationToken stop)
    {
        await foreach (var json in _outgoing.Reader.ReadAllAsync(stop))
        {
            await _sending.WaitAsync(stop);
            try
            {
                await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, stop);
            }
            finally
            {
                _sending.Release();
            }
        }
    }

    public Task CloseAsync(int code, string reason) => CloseAsync((WebSocketCloseStatus)code, reason);

    /// <summary>Closes the socket; a peer that does not take it in time is dropped.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        _outgoing.Writer.TryComplete();
        using var limit = new CancellationTokenSource(CloseTimeout);
        try
        {
            await _sending.WaitAsync(limit.Token);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(status, reason, limit.Token);
            _sending.Release();
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    public void Dispose() => _sending.Dispose();

    private void Enqueue(ReadOnlyMemory<byte> json)
    {
        if (!_outgoing.Writer.TryWrite(json) && _outgoing.Writer.TryComplete())
            _ = CloseAsync(ChatCloseCodes.TooSlow, "The client reads too slowly.");
    }
}

/// <summary>Live frames that wait for a replay to end.</summary>
internal sealed class Replay
{
    private readonly Lock _lock = new();
    private readonly List<LiveFrame> _held = [];
    private bool _released;

    /// <summary>Keeps the frame; false once the replay has ended, or where as many are held as a connection may have waiting.</summary>
    public bool Hold(LiveFrame frame, int most)
    {
        lock (_lock)
        {
            // Told at once, out of its turn, the reader's own buffer takes it or ends the connection: nothing grows without bound.
            if (_held.Count >= most)
                return false;
            if (!_released)
                _held.Add(frame);
            return !_released;
        }
    }

    public void Release(Action<LiveFrame> send)
    {
        lock (_lock)
        {
            _released = true;
            _held.ForEach(send);
        }
    }
}
