using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Who makes a request: an account or API key in an organization, or a stranger at an address.</summary>
internal readonly record struct Caller(Guid OrganizationId, Guid ActorId, string? Address);

/// <summary>Where a caller stands.</summary>
/// <param name="Left">How many more requests it has; below zero if this one is too many.</param>
/// <param name="Seconds">How long until it has all of them again.</param>
internal readonly record struct RequestVerdict(int Left, int Seconds);

/// <summary>
/// Counts the requests of each caller by the minute, on this node alone: a round trip for each request would cost more than most of them do. Each minute
/// has a book of its own, so that nothing has to be swept.
/// </summary>
internal sealed class RequestCounts(int limit, TimeProvider clock)
{
    // Beyond this many callers in one minute newcomers are not counted: who has that many addresses is not held back by counting them.
    private const int MostCallers = 200_000;

    private volatile Minute _current = new(0);

    public RequestVerdict Count(Caller caller)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var (minute, seconds) = (MinuteAt(now / 60), (int)(60 - (now % 60)));
        if (!minute.Counts.TryGetValue(caller, out var count))
        {
            if (minute.Callers >= MostCallers)
                return new RequestVerdict(limit, seconds);
            count = minute.Counts.GetOrAdd(caller, static (_, of) => of.Begin(), minute);
        }
        return new RequestVerdict(limit - Interlocked.Increment(ref count.Value), seconds);
    }

    private Minute MinuteAt(long number)
    {
        var current = _current;
        if (current.Number == number)
            return current;
        // Two at once may each begin the minute: one request more is let through.
        return _current = new Minute(number);
    }

    private sealed class Minute(long number)
    {
        private int _callers;

        public long Number => number;
        public ConcurrentDictionary<Caller, StrongBox<int>> Counts { get; } = new();

        // The dictionary's own count takes all of its locks.
        public int Callers => Volatile.Read(ref _callers);

        public StrongBox<int> Begin()
        {
            Interlocked.Increment(ref _callers);
            return new StrongBox<int>();
        }
    }
}
