using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Departments;

/// <summary>Who belongs to which department. Where it has a default role, coming in gives that role and going takes it.</summary>
internal sealed class DepartmentMembers(AppDbContext db, Actor actor, AccessWriter writer, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The members in the order in which they came; null if there is no such department.</summary>
    public async Task<Page<DepartmentMemberView>?> ListAsync(Guid departmentId, PageRequest page, CancellationToken stop)
    {
        if (!await db.Set<Department>().AnyAsync(d => d.Id == departmentId, stop))
            return null;
        var members = db.Set<DepartmentMember>().AsNoTracking().Where(m => m.DepartmentId == departmentId);
        return await members.OrderBy(m => m.AddedAt).ThenBy(m => m.UserId).InOrderAsync(
            page,
            m => new DepartmentMemberView { DepartmentId = m.DepartmentId, UserId = m.UserId, Email = db.Set<User>().First(u => u.Id == m.UserId).Email!, AddedBy = m.AddedBy, AddedAt = m.AddedAt },
            stop);
    }

    public Task<AccessOutcome<DepartmentMemberView>> AddAsync(Guid departmentId, Guid userId, CancellationToken stop) => writer.MakeAsync<DepartmentMemberView>(
        Permissions.UsersManage,
        async held =>
        {
            if (await FindAsync(departmentId, stop) is not { } department)
                return AccessRefusal.DepartmentMissing;
            if (await db.Set<Membership>().Where(m => m.UserId == userId).Select(m => m.User!.Email).SingleOrDefaultAsync(stop) is not { } email)
                return AccessRefusal.UserMissing;
            if (await db.Set<DepartmentMember>().AsNoTracking().SingleOrDefaultAsync(m => m.DepartmentId == departmentId && m.UserId == userId, stop) is { } known)
                return ViewOf(known, email);
            if (RoleAbove(held, department) is { } above)
                return await writer.RefuseAboveOwnAsync("department", departmentId, above.Name, stop);
            var member = new DepartmentMember { DepartmentId = departmentId, UserId = userId, OrganizationId = actor.OrganizationId, AddedBy = actor.RequiredUserId, AddedAt = clock.GetUtcNow() };
            db.Add(member);
            Record(AuditActions.DepartmentMemberAdded, department, userId);
            return ViewOf(member, email);
        },
        stop);

    public Task<AccessOutcome<Confirmation>> RemoveAsync(Guid departmentId, Guid userId, CancellationToken stop) => writer.MakeAsync<Confirmation>(
        Permissions.UsersManage,
        async held =>
        {
            if (await FindAsync(departmentId, stop) is not { } department)
                return AccessRefusal.DepartmentMissing;
            if (await db.Set<DepartmentMember>().SingleOrDefaultAsync(m => m.DepartmentId == departmentId && m.UserId == userId, stop) is not { } member)
                return AccessRefusal.UserMissing;
            // As with grants: an owner takes an owner out of any department.
            var amongOwners = actor.IsOwnerIn(held.Graph!) && held.Graph!.IsOwner(userId);
            if (!amongOwners && RoleAbove(held, department) is { } above)
                return await writer.RefuseAboveOwnAsync("department", departmentId, above.Name, stop);
            db.Remove(member);
            Record(AuditActions.DepartmentMemberRemoved, department, userId);
            return new Confirmation { Message = "They belong to the department no more." };
        },
        stop);

    private Task<Department?> FindAsync(Guid id, CancellationToken stop) => db.Set<Department>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, stop);

    private static GraphRole? RoleAbove(UserAccess held, Department department) =>
        department.DefaultRoleId is { } id && held.Graph!.Roles.GetValueOrDefault(id) is { } role && !held.Covers(role, department.Id) ? role : null;

    private void Record(string action, Department department, Guid userId) => audit.Record(AuditEntry.On(action, "department", department.Id) with
    {
        TargetUserId = userId,
        Severity = AuditSeverity.Notice,
        Metadata = new() { ["name"] = department.Name, ["default_role_id"] = department.DefaultRoleId?.ToString() },
    });

    private static DepartmentMemberView ViewOf(DepartmentMember member, string email) =>
        new() { DepartmentId = member.DepartmentId, UserId = member.UserId, Email = email, AddedBy = member.AddedBy, AddedAt = member.AddedAt };
}
