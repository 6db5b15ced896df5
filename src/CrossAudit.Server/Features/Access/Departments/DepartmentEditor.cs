using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Departments;

/// <summary>Makes, changes and moves departments.</summary>
internal sealed class DepartmentEditor(AppDbContext db, Actor actor, AccessWriter writer, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How deep departments may lie: a tree that nobody could draw is a mistake.</summary>
    private const int DeepestLevel = 25;

    public Task<AccessOutcome<Guid>> CreateAsync(CreateDepartmentRequest request, CancellationToken stop) => writer.MakeAsync<Guid>(
        Permissions.RolesManage,
        async held =>
        {
            var now = clock.GetUtcNow();
            var department = new Department
            {
                Id = Guid.CreateVersion7(now),
                OrganizationId = actor.OrganizationId,
                Name = request.Name,
                DisplayName = request.DisplayName ?? request.Name,
                Description = request.Description,
                ParentDepartmentId = request.ParentDepartmentId,
                DefaultRoleId = request.DefaultRoleId,
                CreatedAt = now,
                UpdatedAt = now,
            };
            if (await RefusalAsync(held, department, stop) is { } refused)
                return refused;
            // It has no members yet; and whoever makes it holds what they will get, throughout what it is put into.
            if (request.DefaultRoleId is { } role && !held.Covers(held.Graph!.Roles[role], request.ParentDepartmentId))
                return await writer.RefuseAboveOwnAsync("department", department.Id, held.Graph.Roles[role].Name, stop);
            db.Add(department);
            audit.Record(AuditEntry.On(AuditActions.DepartmentCreated, "department", department.Id) with { Severity = AuditSeverity.Notice, Metadata = Describe(department) });
            return department.Id;
        },
        stop);

    public Task<AccessOutcome<Guid>> UpdateAsync(Guid id, UpdateDepartmentRequest request, IfMatch ifMatch, CancellationToken stop) => writer.MakeAsync<Guid>(
        Permissions.RolesManage,
        async held =>
        {
            if (await db.Set<Department>().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } department)
                return AccessRefusal.DepartmentMissing;
            if (!ifMatch.Allows(department.Revision))
                return AccessRefusal.Stale;
            var (oldParent, oldRole) = (department.ParentDepartmentId, department.DefaultRoleId);
            department.Name = request.Name.Or(department.Name)!;
            department.DisplayName = request.DisplayName.Or(department.DisplayName)!;
            department.Description = request.Description.Or(department.Description);
            department.ParentDepartmentId = request.ParentDepartmentId.Or(oldParent);
            department.DefaultRoleId = request.DefaultRoleId.Or(oldRole);
            if (await RefusalAsync(held, department, stop) is { } refused)
            {
                db.ChangeTracker.Clear();
                return refused;
            }
            if (Affected(held.Graph!, department, oldParent, oldRole).FirstOrDefault(role => !held.Covers(role, id)) is { } above)
                return await writer.RefuseAboveOwnAsync("department", id, above.Name, stop);
            db.ChangeTracker.DetectChanges();
            if (db.ChangesOf(department) is { } changes)
            {
                department.UpdatedAt = clock.GetUtcNow();
                audit.Record(AuditEntry.On(AuditActions.DepartmentUpdated, "department", id) with { Severity = AuditSeverity.Notice, Changes = changes, Metadata = new() { ["name"] = department.Name } });
            }
            return id;
        },
        stop);

    /// <summary>Removes a department that nothing belongs to; its members are members of it no more.</summary>
    public async Task<AccessOutcome<Confirmation>> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        try
        {
            return await writer.MakeAsync<Confirmation>(Permissions.RolesManage, held => DeleteAsync(held, id, ifMatch, stop), stop);
        }
        catch (DbUpdateException used) when (used.IsBrokenReference())
        {
            // Whatever refers to it, of whichever feature: the database knows.
            return AccessRefusal.DepartmentInUse;
        }
    }

    private async Task<AccessOutcome<Confirmation>> DeleteAsync(UserAccess held, Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<Department>().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } department)
            return AccessRefusal.DepartmentMissing;
        if (!ifMatch.Allows(department.Revision))
            return AccessRefusal.Stale;
        if (department.DefaultRoleId is { } role && held.Graph!.Roles.TryGetValue(role, out var given) && !held.Covers(given, id))
            return await writer.RefuseAboveOwnAsync("department", id, given.Name, stop);
        db.RemoveRange(await db.Set<DepartmentMember>().Where(m => m.DepartmentId == id).ToListAsync(stop));
        db.Remove(department);
        audit.Record(AuditEntry.On(AuditActions.DepartmentDeleted, "department", id) with { Severity = AuditSeverity.Notice, Metadata = Describe(department) });
        return new Confirmation { Message = "The department was removed." };
    }

    private async Task<AccessRefusal?> RefusalAsync(UserAccess held, Department department, CancellationToken stop)
    {
        if (await db.Set<Department>().AnyAsync(d => d.Name == department.Name && d.Id != department.Id, stop))
            return AccessRefusal.DepartmentNameTaken;
        if (department.DefaultRoleId is { } role && (!held.Graph!.Roles.TryGetValue(role, out var known) || known.Name == DefaultRoles.Owner))
            return AccessRefusal.RoleUnknown;
        if (!held.Knows(department.ParentDepartmentId))
            return AccessRefusal.DepartmentUnknown;
        var parents = await db.Set<Department>().AsNoTracking().Where(d => d.Id != department.Id).Select(d => new { d.Id, d.ParentDepartmentId }).ToDictionaryAsync(d => d.Id, d => d.ParentDepartmentId, stop);
        var depth = 1;
        for (var one = department.ParentDepartmentId; one is { } ancestor; one = parents.GetValueOrDefault(ancestor))
            if (ancestor == department.Id || ++depth > DeepestLevel)
                return AccessRefusal.DepartmentCycle;
        return depth + LevelsBelow(department.Id, parents.ToLookup(other => other.Value, other => other.Key)) > DeepestLevel ? AccessRefusal.DepartmentCycle : null;
    }

    private static int LevelsBelow(Guid id, ILookup<Guid?, Guid> children)
    {
        var (levels, level) = (0, children[id].ToList());
        for (; level.Count > 0 && levels <= DeepestLevel; levels++)
            level = [.. level.SelectMany(child => children[child])];
        return levels;
    }

    // Moved, it comes under the roles granted for the departments above it, and leaves those of the old ones; and its members get another default role.
    private static IEnumerable<GraphRole> Affected(AccessGraph graph, Department department, Guid? oldParent, Guid? oldRole)
    {
        if (department.DefaultRoleId != oldRole)
            foreach (var id in new[] { oldRole, department.DefaultRoleId })
                if (id is { } role && graph.Roles.TryGetValue(role, out var known))
                    yield return known;
        if (department.ParentDepartmentId != oldParent)
            foreach (var parent in new[] { oldParent, department.ParentDepartmentId })
                foreach (var role in graph.RolesGrantedAt(parent))
                    yield return role;
    }

    private static JsonObject Describe(Department department) => new()
    {
        ["name"] = department.Name,
        ["parent_department_id"] = department.ParentDepartmentId?.ToString(),
        ["default_role_id"] = department.DefaultRoleId?.ToString(),
    };
}
