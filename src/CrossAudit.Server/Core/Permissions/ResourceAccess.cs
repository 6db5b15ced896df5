using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>
/// Asks for a permission where a thing stands. A route's own rule lets in whoever holds a departmental permission anywhere; whether it is held here is
/// asked once the thing is known.
/// </summary>
internal sealed class ResourceAccess(Actor actor, AuditTrail audit, TimeProvider clock)
{
    /// <summary>An event stays readable, however many roles somebody has.</summary>
    private const int MostReasons = 20;

    /// <summary>Whether the actor holds it there; a denial is recorded, with what was missing.</summary>
    public async Task<bool> AllowsAsync(string permission, string resourceType, Guid? resourceId, Guid? departmentId, CancellationToken stop)
    {
        if (actor.Access.Allows(permission, departmentId))
            return true;
        await audit.DenyAsync(Denial(actor, permission, new ResourcePlace(departmentId), clock.GetUtcNow()) with { ResourceType = resourceType, ResourceId = resourceId?.ToString() }, stop);
        return false;
    }

    /// <summary>What the trail says of a permission that somebody lacks: which one, and why they lack it.</summary>
    public static AuditEntry Denial(Actor actor, string permission, ResourcePlace where, DateTimeOffset now)
    {
        var denied = AuditEntry.Denied(permission);
        if (actor.Access.Graph is { } graph && actor.UserId is { } user)
            denied.Metadata!["because"] = new System.Text.Json.Nodes.JsonArray([.. AccessDecision.Of(graph, user, permission, where, now).Reasons.Take(MostReasons).Select(reason => (System.Text.Json.Nodes.JsonNode)reason.Detail)]);
        if (where.DepartmentId is { } department)
            denied.Metadata!["department_id"] = department.ToString();
        return denied;
    }
}
