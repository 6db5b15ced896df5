using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Features.Access;

/// <summary>Makes the changes of this feature, and records what it refuses for want of rights.</summary>
internal sealed class AccessWriter(AccessChanges changes, AuditTrail audit)
{
    /// <summary>Decides and saves; see <see cref="AccessChanges.MakeAsync"/>.</summary>
    public Task<AccessOutcome<T>> MakeAsync<T>(string needed, Func<UserAccess, Task<AccessOutcome<T>>> decide, CancellationToken stop) =>
        changes.MakeAsync<AccessOutcome<T>>(needed, decide, AccessRefusal.Lost, AccessRefusal.OwnerLockedOut, stop);

    /// <summary>Refuses a role that does more than the actor may do themselves.</summary>
    public async Task<AccessRefusal> RefuseAboveOwnAsync(string resourceType, Guid? resourceId, string role, CancellationToken stop)
    {
        await audit.DenyAsync(
            new AuditEntry(AuditActions.PermissionDenied)
            {
                ResourceType = resourceType,
                ResourceId = resourceId?.ToString(),
                Outcome = AuditOutcome.Denied,
                Severity = AuditSeverity.Warning,
                Metadata = new() { ["reason"] = "role_above_own", ["role"] = role },
            },
            stop);
        return AccessRefusal.AboveOwn;
    }
}
