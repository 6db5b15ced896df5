using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>What a rule keeps of an event.</summary>
/// <param name="EventId">The event.</param>
/// <param name="At">When it was.</param>
/// <param name="UserId">The account that it is about; null for people not signed in.</param>
/// <param name="Subject">What is counted once however often it appears; null if each event counts.</param>
/// <param name="Weight">How many the event stands for.</param>
internal readonly record struct Sighting(Guid EventId, DateTimeOffset At, Guid? UserId, string? Subject = null, int Weight = 1);

/// <summary>A rule by which something in the trail is worth a look.</summary>
internal abstract class AnomalyRule
{
    private const int MostEventIds = 20;

    /// <summary>As clients see it.</summary>
    public abstract string Name { get; }

    /// <summary>How long before the days that are looked at its events are read.</summary>
    public abstract TimeSpan Lookback { get; }

    /// <summary>The terms of the index of which its events have one.</summary>
    public abstract IReadOnlyList<string> Terms { get; }

    /// <summary>What it keeps of one of these events; null if it is of no matter.</summary>
    public abstract Sighting? See(AuditEvent e);

    /// <summary>What it finds.</summary>
    /// <param name="sightings">What it has kept, the oldest first.</param>
    public abstract IEnumerable<AnomalyView> Judge(IReadOnlyList<Sighting> sightings);

    protected AnomalyView Found(IReadOnlyList<Sighting> sightings, long count, string explanation) => new()
    {
        Rule = Name,
        Explanation = explanation,
        UserId = sightings[0].UserId,
        StartedAt = sightings[0].At,
        EndedAt = sightings[^1].At,
        Count = count,
        EventIds = [.. sightings.Take(MostEventIds).Select(sighting => sighting.EventId)],
    };
}
