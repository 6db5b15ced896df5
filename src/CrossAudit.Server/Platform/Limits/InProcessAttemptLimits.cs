using Microsoft.Extensions.Caching.Memory;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts attempts on this node alone.</summary>
internal sealed class InProcessAttemptLimits(TimeProvider clock) : IAttemptLimits, IDisposable
{
    private const int MostKept = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly MemoryCache _marks = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public ValueTask<AttemptVerdict> BeginAsync(IReadOnlyList<AttemptKey> keys)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Count? refusing = null;
            foreach (var key in keys)
                if (_counts.TryGetValue(key.Name, out var count) && count.NextAt > now && (refusing is null || count.NextAt > refusing.NextAt))
                    refusing = count;
            if (refusing is not null)
            {
                var isFirst = !refusing.HasRefused;
                refusing.HasRefused = true;
                return new(new AttemptVerdict(refusing.NextAt - now, isFirst));
            }
            foreach (var key in keys)
                CountOf(key, now).Add(now);
            return default;
        }
    }

    public ValueTask TakeBackAsync(IReadOnlyList<AttemptKey> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
                if (_counts.TryGetValue(key.Name, out var count))
                    count.TakeBack(clock.GetUtcNow());
        }
        return default;
    }

    public ValueTask ForgetAsync(AttemptKey key)
    {
        lock (_lock)
            _counts.Remove(key.Name);
        return default;
    }

    public ValueTask MarkAsync(string name, TimeSpan lifetime)
    {
        _marks.Set(name, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime });
        return default;
    }

    public ValueTask<bool> IsMarkedAsync(string name) => new(_marks.TryGetValue(name, out _));

    public void Dispose() => _marks.Dispose();

    private Count CountOf(AttemptKey key, DateTimeOffset now)
    {
        if (_counts.TryGetValue(key.Name, out var known))
            return known;
        if (_counts.Count >= MostKept)
            MakeRoom(now);
        return _counts[key.Name] = new Count(key.Rule, now);
    }

    // Keys are made by strangers, so their number is bounded. Those who have tried most are kept longest: or a stranger who makes many keys could
    // make us forget what he has tried on one.
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (name, _) in _counts.OrderBy(entry => entry.Value.AttemptsAt(now) / entry.Value.Rule.Free).Take(MostKept / 10).ToList())
            _counts.Remove(name);
    }

    /// <summary>How many attempts there were, less those forgiven up to <see cref="NextAt"/>.</summary>
    private sealed class Count(AttemptRule rule, DateTimeOffset now)
    {
        private double _attempts;

        public AttemptRule Rule => rule;
        public DateTimeOffset NextAt { get; private set; } = now;
        public bool HasRefused { get; set; }

        public double AttemptsAt(DateTimeOffset now) => now > NextAt ? Math.Max(0, _attempts - ((now - NextAt) / rule.Longest)) : _attempts;

        public void Add(DateTimeOffset now)
        {
            _attempts = Math.Min(AttemptsAt(now) + 1, rule.Most);
            (NextAt, HasRefused) = (now + rule.WaitAfter(_attempts), false);
        }

        public void TakeBack(DateTimeOffset now)
        {
            _attempts = Math.Max(0, AttemptsAt(now) - 1);
            // The wait was this attempt's own: the one before it was over when it began.
            NextAt = now;
        }
    }
}
