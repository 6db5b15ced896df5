using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>Many refusals of one account in a short time: somebody tries doors.</summary>
internal sealed class DenialBurst : AnomalyRule
{
    private const int Threshold = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public override string Name => "denial_burst";

    public override TimeSpan Lookback => Window;

    public override IReadOnlyList<string> Terms { get; } =
        [AuditTerms.Outcome(AuditOutcome.Denied), AuditTerms.Action(AuditActions.LoginFailed), AuditTerms.Action(AuditActions.MfaFailed), AuditTerms.Action(AuditActions.ReauthenticationFailed)];

    // A failed sign-in has no actor yet: it is about the account that was tried.
    public override Sighting? See(AuditEvent e) => new Sighting(e.Id, e.CreatedAt, e.ActorUserId ?? e.TargetUserId ?? AccountOf(e), Weight: 1 + SuppressedOf(e));

    public override IEnumerable<AnomalyView> Judge(IReadOnlyList<Sighting> sightings) =>
        from account in sightings.GroupBy(sighting => sighting.UserId)
        from run in Bursts.Of([.. account], Window, Threshold)
        let count = Bursts.CountOf(run)
        select Found(run, count, $"{count} refusals or failed sign-ins; {Threshold} within {Window.TotalMinutes} minutes are worth a look.");

    private static Guid? AccountOf(AuditEvent e) => e.ResourceType == "user" && Guid.TryParse(e.ResourceId, out var id) ? id : null;

    // One event stands for those that were not recorded one by one; it was itself not one of them.
    private static int SuppressedOf(AuditEvent e) => e.Metadata?["suppressed"] is { } node && node.GetValueKind() == JsonValueKind.Number ? (int)node - 1 : 0;
}
