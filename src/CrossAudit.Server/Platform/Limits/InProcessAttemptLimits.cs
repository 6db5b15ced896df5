using System.Collections.Concurrent;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts attempts on this node alone.</summary>
internal sealed class InProcessAttemptLimits(TimeProvider clock) : IAttemptLimits
{
    private const int MostKeys = 100_000;

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    public ValueTask<AttemptVerdict> BeginAsync(string key, AttemptRule rule)
    {
        if (_counts.Count >= MostKeys)
            DropForgotten();
        var count = _counts.GetOrAdd(key, _ => new Count());
        lock (count)
        {
            var now = clock.GetUtcNow();
            if (now >= count.ForgottenAt)
                (count.Attempts, count.NextAt) = (0, default);
            if (now < count.NextAt)
            {
                var isFirst = !count.HasRefused;
                count.HasRefused = true;
                return new(new AttemptVerdict(count.NextAt - now, isFirst));
            }
            count.Attempts++;
            (count.NextAt, count.ForgottenAt, count.HasRefused) = (now + rule.WaitAfter(count.Attempts), now + rule.Memory, false);
            return new(default(AttemptVerdict));
        }
    }

    public ValueTask TakeBackAsync(string key)
    {
        if (_counts.TryGetValue(key, out var count))
            lock (count)
                (count.Attempts, count.NextAt) = (Math.Max(0, count.Attempts - 1), default);
        return default;
    }

    public ValueTask ForgetAsync(string key)
    {
        _counts.TryRemove(key, out _);
        return default;
    }

    // Keys are made by strangers, so their number is bounded: what would be forgotten anyway goes first, and if that is not enough, everything.
    private void DropForgotten()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, count) in _counts)
            if (now >= count.ForgottenAt)
                _counts.TryRemove(key, out _);
        if (_counts.Count >= MostKeys)
            _counts.Clear();
    }

    private sealed class Count
    {
        public int Attempts { get; set; }
        public DateTimeOffset NextAt { get; set; }
        public DateTimeOffset ForgottenAt { get; set; } = DateTimeOffset.MaxValue;
        public bool HasRefused { get; set; }
    }
}
