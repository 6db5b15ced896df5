using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>Many documents downloaded by one account in a short time: somebody takes them along.</summary>
internal sealed class MassDownload : AnomalyRule
{
    private const int Threshold = 100;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public override string Name => "mass_download";

    public override TimeSpan Lookback => Window;

    public override IReadOnlyList<string> Terms { get; } = [AuditTerms.Action(AuditActions.DocumentDownloaded)];

    public override Sighting? See(AuditEvent e) => e.Outcome == AuditOutcome.Success ? new Sighting(e.Id, e.CreatedAt, e.ActorUserId, e.ResourceId) : null;

    public override IEnumerable<AnomalyView> Judge(IReadOnlyList<Sighting> sightings) =>
        from account in sightings.GroupBy(sighting => sighting.UserId)
        from run in Bursts.Of([.. account], Window, Threshold)
        let count = Bursts.CountOf(run)
        select Found(run, count, $"{count} different documents downloaded; {Threshold} within {Window.TotalMinutes} minutes are worth a look.");
}
