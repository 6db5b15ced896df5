using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>Looks through the organization's trail for what is worth a look. It reads only events that a rule is about, found by the index.</summary>
internal sealed class AuditAnomalies(AuditSearch search, TimeProvider clock)
{
    /// <summary>How many events a rule looks at, the newest: some seconds of reading.</summary>
    private const int MostEvents = 20_000;
    private const int MostAnomalies = 500;
    private const int PartSize = 1000;

    private static readonly IReadOnlyList<AnomalyRule> Rules = [new DenialBurst(), new NewAddressBlock(), new MassDownload(), new PrivilegeGrowth()];

    /// <summary>What the rules find in the last days, the newest first.</summary>
    public async Task<AnomaliesView> FindAsync(int days, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var start = new DateTimeOffset(today.AddDays(1 - days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (found, isComplete) = (new List<AnomalyView>(), true);
        foreach (var rule in Rules)
        {
            var (sightings, isWhole) = await SightingsAsync(rule, start - rule.Lookback, stop);
            isComplete &= isWhole;
            found.AddRange(rule.Judge([.. sightings.OrderBy(sighting => sighting.At).ThenBy(sighting => sighting.EventId)]).Where(anomaly => anomaly.EndedAt >= start));
        }
        return new AnomaliesView
        {
            Days = days,
            IsComplete = isComplete && found.Count <= MostAnomalies,
            Anomalies = [.. found.OrderByDescending(anomaly => anomaly.EndedAt).ThenBy(anomaly => anomaly.Rule, StringComparer.Ordinal).Take(MostAnomalies)],
        };
    }

    private async Task<(List<Sighting> Sightings, bool IsWhole)> SightingsAsync(AnomalyRule rule, DateTimeOffset from, CancellationToken stop)
    {
        var (sightings, read) = (new List<Sighting>(), 0);
        await foreach (var e in search.NewestFirstAsync(new AuditQuery([rule.Terms], from, null), before: null, stop, PartSize).WithCancellation(stop))
        {
            // Those of no matter to the rule count, too: they took the place of others.
            if (++read > MostEvents)
                return (sightings, false);
            if (rule.See(e) is { } sighting)
                sightings.Add(sighting);
        }
        return (sightings, true);
    }
}
