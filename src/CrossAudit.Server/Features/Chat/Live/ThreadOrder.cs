namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>
/// Puts a thread's new messages in order on this node. Two senders may commit as 5 and 6 and be heard as 6 and 5; the 6 then waits for the 5.
/// Should a message never be heard of, those behind it go out after <see cref="Patience"/>, and clients see the gap and resume.
/// </summary>
internal sealed class ThreadOrder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, LiveFrame> _waiting = [];
    private readonly Action<LiveFrame> _deliver;
    private readonly ITimer _timer;
    private long? _last;

    public ThreadOrder(Action<LiveFrame> deliver, TimeProvider clock)
    {
        _deliver = deliver;
        _timer = clock.CreateTimer(_ => GiveUpWaiting(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says where listening begins, unless it has begun: what comes next follows this sequence number.</summary>
    public void StartAfter(long sequenceNumber)
    {
        lock (_lock)
            _last ??= sequenceNumber;
    }

    public void Take(LiveFrame frame)
    {
        // Delivering is handing over to buffers: nothing in here waits.
        lock (_lock)
        {
            _last ??= frame.After;
            // From before the place where listening began: it was under way then.
            if (frame.SequenceNumber <= _last)
            {
                _deliver(frame);
                return;
            }
            _waiting[frame.SequenceNumber] = frame;
            var before = _last;
            DeliverUnbroken();
            // From when the gap was met, and not anew with each frame behind it: a lively thread would wait for ever.
            if (_waiting.Count == 1 || (_waiting.Count > 0 && _last != before))
                _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void DeliverUnbroken()
    {
        while (_waiting.Remove(_last!.Value + 1, out var next))
        {
            _last = next.SequenceNumber;
            _deliver(next);
        }
    }

    private void GiveUpWaiting()
    {
        lock (_lock)
        {
            foreach (var frame in _waiting.Values)
            {
                _last = frame.SequenceNumber;
                _deliver(frame);
            }
            _waiting.Clear();
        }
    }
}
