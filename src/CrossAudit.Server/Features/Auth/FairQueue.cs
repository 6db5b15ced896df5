namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// A bounded queue in which each source has its turn. Whoever brings much waits behind himself alone; and when the queue is full, the one who has most in
/// it makes room for one who has less.
/// </summary>
internal sealed class FairQueue<T>(int most)
    where T : class
{
    // Waited on, which a Lock cannot be.
    private readonly object _lock = new();
    private readonly Dictionary<string, LinkedList<T>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _count;
    private bool _isClosed;

    /// <summary>Puts an item at the end of its source's line.</summary>
    /// <param name="displaced">What made room for it, if anything had to.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryAdd(string source, T item, out T? displaced)
    {
        displaced = null;
        lock (_lock)
        {
            if (_isClosed || (_count >= most && !TryDisplace(_waiting.GetValueOrDefault(source)?.Count ?? 0, out displaced)))
                return false;
            if (!_waiting.TryGetValue(source, out var line))
            {
                _waiting[source] = line = new LinkedList<T>();
                _turns.Enqueue(source);
            }
            line.AddLast(item);
            _count++;
            Monitor.Pulse(_lock);
        }
        return true;
    }

    /// <summary>Waits for the next item; null once the queue is closed and empty.</summary>
    public T? Take()
    {
        lock (_lock)
        {
            while (_count == 0 && !_isClosed)
                Monitor.Wait(_lock);
            return _count > 0 ? Next() : null;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private T Next()
    {
        var source = _turns.Dequeue();
        var line = _waiting[source];
        var item = line.First!.Value;
        line.RemoveFirst();
        _count--;
        if (line.Count > 0)
            _turns.Enqueue(source);
        else
            _waiting.Remove(source);
        return item;
    }

    // Lines are never empty, so the longest keeps at least one place, and its turn.
    private bool TryDisplace(int own, out T? displaced)
    {
        var longest = _waiting.Values.MaxBy(line => line.Count)!;
        displaced = own + 1 < longest.Count ? longest.Last!.Value : null;
        if (displaced is null)
            return false;
        longest.RemoveLast();
        _count--;
        return true;
    }
}
