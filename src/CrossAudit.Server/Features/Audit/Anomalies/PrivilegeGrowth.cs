using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>An account that is given much in a short time, or gives something to itself.</summary>
internal sealed class PrivilegeGrowth : AnomalyRule
{
    private const int Threshold = 3;
    private const string Self = "self:";
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    public override string Name => "privilege_growth";

    public override TimeSpan Lookback => Window;

    public override IReadOnlyList<string> Terms { get; } =
        [AuditTerms.Action(AuditActions.RoleGranted), AuditTerms.Action(AuditActions.MemberRoleChanged), AuditTerms.Action(AuditActions.DepartmentMemberAdded)];

    public override Sighting? See(AuditEvent e) => e.Outcome == AuditOutcome.Success && e.TargetUserId is { } given
        ? new Sighting(e.Id, e.CreatedAt, given, $"{(e.ActorUserId == given ? Self : "")}{e.ResourceType}/{e.ResourceId}")
        : null;

    public override IEnumerable<AnomalyView> Judge(IReadOnlyList<Sighting> sightings)
    {
        foreach (var account in sightings.GroupBy(sighting => sighting.UserId))
        {
            foreach (var own in account.Where(sighting => sighting.Subject!.StartsWith(Self, StringComparison.Ordinal)))
                yield return Found([own], 1, "Somebody gave a role or a department to their own account.");
            foreach (var run in Bursts.Of([.. account], Window, Threshold))
            {
                var count = Bursts.CountOf(run);
                yield return Found(run, count, $"{count} roles or departments given to one account; {Threshold} within {Window.TotalHours} hours are worth a look.");
            }
        }
    }
}
