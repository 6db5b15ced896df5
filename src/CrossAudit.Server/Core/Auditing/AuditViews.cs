using System.Linq.Expressions;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>How events are shown.</summary>
internal static class AuditViews
{
    private static readonly Func<AuditEvent, AuditLogView> Everything = View((SensitivityLevel)int.MaxValue).Compile();

    /// <summary>An event as somebody with this clearance sees it.</summary>
    public static AuditLogView ToView(this AuditEvent e, SensitivityLevel clearance) => e.IsOpenTo(clearance) ? Everything(e) : Everything(e) with { Changes = null, Metadata = null };

    // Who did what to which stands open to every reader of the trail; what a restricted thing is called, or was changed to, only to those who may see the thing.
    public static Expression<Func<AuditEvent, AuditLogView>> View(SensitivityLevel clearance) => e => new AuditLogView
    {
        Id = e.Id,
        OrganizationId = e.OrganizationId,
        ActorUserId = e.ActorUserId,
        ActorType = e.ActorType,
        ActorLabel = e.ActorLabel,
        Action = e.Action,
        ResourceType = e.ResourceType,
        ResourceId = e.ResourceId,
        TargetUserId = e.TargetUserId,
        Changes = e.Sensitivity == null || e.Sensitivity <= clearance ? e.Changes : null,
        Metadata = e.Sensitivity == null || e.Sensitivity <= clearance ? e.Metadata : null,
        IpAddress = e.IpAddress,
        UserAgent = e.UserAgent,
        SessionId = e.SessionId,
        CorrelationId = e.CorrelationId,
        Severity = e.Severity,
        Outcome = e.Outcome,
        CreatedAt = e.CreatedAt,
        Sequence = e.Sequence,
    };
}
