using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Grants;

/// <summary>Grants roles to members, beside the one that their membership carries, and takes them back.</summary>
internal sealed class RoleGrants(AppDbContext db, Actor actor, AccessWriter writer, AuditTrail audit, AccessGraphs graphs, TimeProvider clock)
{
    /// <summary>Grants a role, or changes when a grant of it ends. Nobody grants what they do not hold where it would count.</summary>
    public Task<AccessOutcome<RoleHoldingView>> GrantAsync(Guid userId, Guid roleId, GrantRoleRequest request, CancellationToken stop) => writer.MakeAsync<RoleHoldingView>(
        Permissions.RolesManage,
        async held =>
        {
            if (RoleOf(held, roleId) is not { } role)
                return AccessRefusal.RoleMissing;
            if (!await db.Set<Membership>().AnyAsync(m => m.UserId == userId, stop))
                return AccessRefusal.UserMissing;
            if (!held.Knows(request.DepartmentId))
                return AccessRefusal.DepartmentUnknown;
            if (!held.Covers(role, request.DepartmentId))
                return await writer.RefuseAboveOwnAsync("role", roleId, role.Name, stop);

            var now = clock.GetUtcNow();
            var grant = await db.Set<RoleGrant>().SingleOrDefaultAsync(g => g.UserId == userId && g.RoleId == roleId && g.DepartmentId == request.DepartmentId, stop);
            var changes = new JsonObject { ["expires_at"] = new JsonObject { ["from"] = Text(grant?.ExpiresAt), ["to"] = Text(request.ExpiresAt) } };
            if (grant is null)
                db.Add(grant = new RoleGrant
                {
                    Id = Guid.CreateVersion7(now),
                    OrganizationId = actor.OrganizationId,
                    UserId = userId,
                    RoleId = roleId,
                    DepartmentId = request.DepartmentId,
                    GrantedBy = actor.RequiredUserId,
                    GrantedAt = now,
                });
            else
                (grant.GrantedBy, grant.GrantedAt) = (actor.RequiredUserId, now);
            grant.ExpiresAt = request.ExpiresAt;
            Record(AuditActions.RoleGranted, grant, role, changes);
            return await ViewAsync(new GraphGrant(role, default, grant.DepartmentId, grant.ExpiresAt, RoleSource.Grant), grant, stop);
        },
        stop);

    /// <summary>Takes a role back that was granted: where it was granted for this department, or all grants of it where none is named.</summary>
    public Task<AccessOutcome<Confirmation>> RevokeAsync(Guid userId, Guid roleId, Guid? departmentId, CancellationToken stop) => writer.MakeAsync<Confirmation>(
        Permissions.RolesManage,
        async held =>
        {
            if (RoleOf(held, roleId) is not { } role)
                return AccessRefusal.RoleMissing;
            var grants = await db.Set<RoleGrant>().Where(g => g.UserId == userId && g.RoleId == roleId && (departmentId == null || g.DepartmentId == departmentId)).ToListAsync(stop);
            if (grants.Count == 0)
                return AccessRefusal.HoldingMissing;
            // Whatever an owner was given, a denial above all, an owner takes back: or one could be kept from ruling by what one no longer holds.
            var amongOwners = actor.IsOwnerIn(held.Graph!) && held.Graph!.IsOwner(userId);
            if (!amongOwners && !grants.TrueForAll(grant => held.Covers(role, grant.DepartmentId)))
                return await writer.RefuseAboveOwnAsync("role", roleId, role.Name, stop);
            foreach (var grant in grants)
            {
                db.Remove(grant);
                Record(AuditActions.RoleRevoked, grant, role, null);
            }
            return new Confirmation { Message = "The role was taken back." };
        },
        stop);

    /// <summary>Every role that a member has, however they came to it; null if they are no member.</summary>
    public async Task<IReadOnlyList<RoleHoldingView>?> OfAsync(Guid userId, CancellationToken stop)
    {
        if (await db.Set<Membership>().AsNoTracking().SingleOrDefaultAsync(m => m.UserId == userId, stop) is not { } membership)
            return null;
        var granted = await db.Set<RoleGrant>().AsNoTracking().Where(g => g.UserId == userId).ToListAsync(stop);
        var departments = await db.Set<DepartmentMember>().AsNoTracking().Where(m => m.UserId == userId).ToListAsync(stop);
        var names = await db.Set<Department>().Where(d => db.Set<RoleGrant>().Any(g => g.UserId == userId && g.DepartmentId == d.Id) || db.Set<DepartmentMember>().Any(m => m.UserId == userId && m.DepartmentId == d.Id))
            .ToDictionaryAsync(d => d.Id, d => d.DisplayName, stop);
        var now = clock.GetUtcNow();
        return [.. (await graphs.OfAsync(actor.OrganizationId, stop)).GrantsOf(userId).Select(held =>
        {
            var grant = held.Source == RoleSource.Grant ? granted.Find(g => g.RoleId == held.Role.Id && g.DepartmentId == held.DepartmentId) : null;
            var member = held.Source == RoleSource.Department ? departments.Find(m => m.DepartmentId == held.DepartmentId) : null;
            return ViewOf(userId, held, grant?.GrantedBy ?? member?.AddedBy, grant?.GrantedAt ?? member?.AddedAt ?? membership.JoinedAt, held.DepartmentId is { } id ? names.GetValueOrDefault(id) : null, now);
        })];
    }

    // What memberships alone carry is not granted.
    private static GraphRole? RoleOf(UserAccess held, Guid roleId) => held.Graph!.Roles.GetValueOrDefault(roleId) is { Name: not DefaultRoles.Owner } role ? role : null;

    private async Task<RoleHoldingView> ViewAsync(GraphGrant held, RoleGrant grant, CancellationToken stop)
    {
        var department = grant.DepartmentId is { } id ? await db.Set<Department>().Where(d => d.Id == id).Select(d => d.DisplayName).SingleOrDefaultAsync(stop) : null;
        return ViewOf(grant.UserId, held, grant.GrantedBy, grant.GrantedAt, department, clock.GetUtcNow());
    }

    private static RoleHoldingView ViewOf(Guid userId, GraphGrant held, Guid? by, DateTimeOffset since, string? department, DateTimeOffset now) => new()
    {
        UserId = userId,
        RoleId = held.Role.Id,
        Role = held.Role.Name,
        Source = held.Source,
        DepartmentId = held.DepartmentId,
        Department = department,
        ExpiresAt = held.ExpiresAt,
        IsActive = held.IsActive(now) && held.Role.IsActive,
        GrantedBy = by,
        GrantedAt = since,
    };

    private void Record(string action, RoleGrant grant, GraphRole role, JsonObject? changes) => audit.Record(AuditEntry.On(action, "role", grant.RoleId) with
    {
        TargetUserId = grant.UserId,
        Severity = AuditSeverity.Notice,
        Changes = changes,
        Metadata = new() { ["role"] = role.Name, ["department_id"] = grant.DepartmentId?.ToString(), ["expires_at"] = Text(grant.ExpiresAt) },
    });

    private static string? Text(DateTimeOffset? time) => time is { } some ? TimestampConverter.ToText(some) : null;
}
