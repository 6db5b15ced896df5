using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>What the trail says of refusals among members.</summary>
internal static class MembershipAudit
{
    /// <summary>Somebody would give, or take from others, a role with more rights than their own.</summary>
    public static AuditEntry RoleAboveOwn(string role) => new(AuditActions.PermissionDenied)
    {
        ResourceType = "membership",
        Outcome = AuditOutcome.Denied,
        Severity = AuditSeverity.Warning,
        Metadata = new() { ["reason"] = "role_above_own", ["role"] = role },
    };
}
