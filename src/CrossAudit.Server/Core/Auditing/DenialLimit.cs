using System.Collections.Concurrent;
using CrossAudit.Server.Core.Actors;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>Denials of one actor within a minute that were counted and not recorded one by one.</summary>
/// <param name="Subject">The permission that was missing, or the reason.</param>
internal sealed record SuppressedDenials(Actor Actor, string Subject, int Count, DateTimeOffset Since);

/// <summary>
/// Bounds how many denials of one actor are recorded one by one, so that a scan cannot bury a trail under its own refusals. The rest is counted, and
/// <see cref="DenialSummaries"/> tells how many there were.
/// </summary>
internal sealed class DenialLimit(TimeProvider clock)
{
    /// <summary>How many are recorded one by one, of one actor and for one permission or reason, in one minute on one node: many of one kind do not hide another.</summary>
    public const int MostPerMinute = 120;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Organization, Guid Actor, string Subject), Count> _counts = new();

    /// <summary>Whether the next one is recorded by itself; if not, it is counted.</summary>
    public bool Admits(Actor actor, string subject)
    {
        var now = clock.GetUtcNow();
        var count = _counts.AddOrUpdate((actor.OrganizationId, actor.Id, subject), _ => new Count(actor, now, 1), (_, known) => known with { Denials = known.Denials + 1 });
        return count.Denials <= MostPerMinute;
    }

    /// <summary>Takes out those whose minute is over; all of them, if the server stops.</summary>
    public IReadOnlyList<SuppressedDenials> TakeEnded(bool all)
    {
        var ended = new List<SuppressedDenials>();
        foreach (var (key, count) in _counts)
            if ((all || clock.GetUtcNow() - count.Since >= Window) && _counts.TryRemove(new(key, count)) && count.Denials > MostPerMinute)
                ended.Add(new SuppressedDenials(count.Actor, key.Subject, count.Denials - MostPerMinute, count.Since));
        return ended;
    }

    private sealed record Count(Actor Actor, DateTimeOffset Since, int Denials);
}
