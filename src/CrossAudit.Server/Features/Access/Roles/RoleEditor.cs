using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Roles;

using Outcome = AccessOutcome<Revised<RoleView>>;

/// <summary>Makes and changes an organization's own roles.</summary>
internal sealed class RoleEditor(AppDbContext db, Actor actor, AccessWriter writer, AuditTrail audit, TimeProvider clock)
{
    public Task<Outcome> CreateAsync(CreateRoleRequest request, CancellationToken stop) => AddAsync(
        now => new Role
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            Name = request.Name,
            DisplayName = request.DisplayName ?? request.Name,
            Description = request.Description,
            ParentRoleId = request.ParentRoleId,
            MaxSensitivity = request.MaxSensitivity,
            Permissions = Tidy(request.Permissions),
            DeniedPermissions = Tidy(request.DeniedPermissions),
            CreatedAt = now,
            UpdatedAt = now,
        },
        stop);

    /// <summary>Adds a role, if its maker holds all that it does.</summary>
    public Task<Outcome> AddAsync(Func<DateTimeOffset, Role> make, CancellationToken stop) => writer.MakeAsync<Revised<RoleView>>(
        Permissions.RolesManage,
        async held =>
        {
            var role = make(clock.GetUtcNow());
            if (await RefusalAsync(held, role, stop) is { } refused)
                return refused;
            db.Add(role);
            audit.Record(AuditEntry.On(AuditActions.RoleCreated, "role", role.Id) with { Severity = AuditSeverity.Notice, Metadata = Describe(role) });
            return RoleCatalogue.ViewOf(role);
        },
        stop);

    public Task<Outcome> UpdateAsync(Guid id, UpdateRoleRequest request, IfMatch ifMatch, CancellationToken stop) => ChangeAsync(
        id, ifMatch, AuditActions.RoleUpdated,
        role =>
        {
            role.Name = request.Name.Or(role.Name)!;
            role.DisplayName = request.DisplayName.Or(role.DisplayName)!;
            role.Description = request.Description.Or(role.Description);
            role.ParentRoleId = request.ParentRoleId.Or(role.ParentRoleId);
            role.IsActive = request.IsActive ?? role.IsActive;
            role.MaxSensitivity = request.MaxSensitivity ?? role.MaxSensitivity;
            role.Permissions = request.Permissions is { } allowed ? Tidy(allowed) : role.Permissions;
            role.DeniedPermissions = request.DeniedPermissions is { } denied ? Tidy(denied) : role.DeniedPermissions;
        },
        stop);

    /// <summary>Puts a permission into a role, or takes it out. It may be there, or not, already.</summary>
    public Task<Outcome> SetPermissionAsync(Guid id, string permission, bool isAllowed, CancellationToken stop) => ChangeAsync(
        id, default, AuditActions.RoleUpdated, role => role.Permissions = Tidy(isAllowed ? role.Permissions.Append(permission) : role.Permissions.Where(name => name != permission)), stop);

    /// <summary>Changes a role, if whoever does it holds all that it did and all that it will do: what one does not hold one neither gives nor takes from others.</summary>
    public Task<Outcome> ChangeAsync(Guid id, IfMatch ifMatch, string action, Action<Role> change, CancellationToken stop) => writer.MakeAsync<Revised<RoleView>>(
        Permissions.RolesManage,
        async held =>
        {
            if (RoleCatalogue.Shipped(actor.OrganizationId, id) is not null)
                return AccessRefusal.RoleReadOnly;
            if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } role)
                return AccessRefusal.RoleMissing;
            if (!ifMatch.Allows(role.Revision))
                return AccessRefusal.Stale;
            if (!held.Covers(Closed(held.Graph!, role), null))
                return await writer.RefuseAboveOwnAsync("role", id, role.Name, stop);
            change(role);
            if (await RefusalAsync(held, role, stop) is { } refused)
            {
                db.ChangeTracker.Clear();
                return refused;
            }
            db.ChangeTracker.DetectChanges();
            if (db.ChangesOf(role) is { } changes)
            {
                role.UpdatedAt = clock.GetUtcNow();
                audit.Record(AuditEntry.On(action, "role", id) with { Severity = AuditSeverity.Notice, Changes = changes, Metadata = new() { ["name"] = role.Name } });
                return new Revised<RoleView>(RoleCatalogue.ViewOf(role).View, role.Revision + 1);
            }
            return RoleCatalogue.ViewOf(role);
        },
        stop);

    public Task<AccessOutcome<Confirmation>> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop) => writer.MakeAsync<Confirmation>(
        Permissions.RolesManage,
        async held =>
        {
            if (RoleCatalogue.Shipped(actor.OrganizationId, id) is not null)
                return AccessRefusal.RoleReadOnly;
            if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } role)
                return AccessRefusal.RoleMissing;
            if (!ifMatch.Allows(role.Revision))
                return AccessRefusal.Stale;
            if (!held.Covers(Closed(held.Graph!, role), null))
                return await writer.RefuseAboveOwnAsync("role", id, role.Name, stop);
            if (await IsUsedAsync(id, stop))
                return AccessRefusal.RoleInUse;
            db.Remove(role);
            audit.Record(AuditEntry.On(AuditActions.RoleDeleted, "role", id) with { Severity = AuditSeverity.Notice, Metadata = Describe(role) });
            return new Confirmation { Message = "The role was removed." };
        },
        stop);

    private async Task<AccessRefusal?> RefusalAsync(UserAccess held, Role role, CancellationToken stop)
    {
        var graph = held.Graph!;
        if (!role.Permissions.Concat(role.DeniedPermissions).All(graph.Permissions.Knows))
            return AccessRefusal.PermissionUnknown;
        if (DefaultRoles.Exists(role.Name) || await db.Set<Role>().AnyAsync(r => r.Name == role.Name && r.Id != role.Id, stop))
            return AccessRefusal.RoleNameTaken;
        if (role.ParentRoleId is { } parent)
        {
            if (!graph.Roles.TryGetValue(parent, out var known) || known.Name == DefaultRoles.Owner)
                return AccessRefusal.RoleUnknown;
            if (await DescendsAsync(parent, role.Id, stop))
                return AccessRefusal.RoleCycle;
        }
        return held.Covers(Closed(graph, role), null) ? null : await writer.RefuseAboveOwnAsync("role", role.Id, role.Name, stop);
    }

    // As if it were switched on: whoever prepares a role must hold it as well as whoever switches it on.
    private static GraphRole Closed(AccessGraph graph, Role role) =>
        GraphRole.Of(graph.Permissions, role.Id, role.Definition, role.ParentRoleId is { } parent ? graph.Roles.GetValueOrDefault(parent) : null);

    private async Task<bool> DescendsAsync(Guid role, Guid ancestor, CancellationToken stop)
    {
        var parents = await db.Set<Role>().Select(r => new { r.Id, r.ParentRoleId }).ToDictionaryAsync(r => r.Id, r => r.ParentRoleId, stop);
        for (Guid? one = role; one is { } id; one = parents.GetValueOrDefault(id))
            if (id == ancestor)
                return true;
        return false;
    }

    private Task<bool> IsUsedAsync(Guid id, CancellationToken stop) => db.Set<Role>().Where(r => r.ParentRoleId == id).Select(r => r.Id)
        .Concat(db.Set<RoleGrant>().Where(g => g.RoleId == id).Select(g => g.Id))
        .Concat(db.Set<Department>().Where(d => d.DefaultRoleId == id).Select(d => d.Id)).AnyAsync(stop);

    private static List<string> Tidy(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static JsonObject Describe(Role role) => new()
    {
        ["name"] = role.Name,
        ["parent_role_id"] = role.ParentRoleId?.ToString(),
        ["max_sensitivity"] = role.MaxSensitivity.ToString().ToLowerInvariant(),
        ["permissions"] = new JsonArray([.. role.Permissions.Select(name => (JsonNode)name)]),
        ["denied_permissions"] = new JsonArray([.. role.DeniedPermissions.Select(name => (JsonNode)name)]),
        ["template"] = role.Template,
    };
}
