using System.Linq.Expressions;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Departments;

/// <summary>The departments of the actor's organization.</summary>
internal sealed class DepartmentCatalogue(AppDbContext db)
{
    private Expression<Func<Department, DepartmentView>> View => d => new DepartmentView
    {
        Id = d.Id,
        OrganizationId = d.OrganizationId,
        Name = d.Name,
        DisplayName = d.DisplayName,
        Description = d.Description,
        ParentDepartmentId = d.ParentDepartmentId,
        DefaultRoleId = d.DefaultRoleId,
        MemberCount = db.Set<DepartmentMember>().Count(m => m.DepartmentId == d.Id),
        CreatedAt = d.CreatedAt,
        UpdatedAt = d.UpdatedAt,
    };

    public async Task<Page<DepartmentView>> ListAsync(PageRequest page, CancellationToken stop)
    {
        var departments = db.Set<Department>().AsNoTracking();
        return await departments.OrderBy(d => d.Name).ThenBy(d => d.Id).InOrderAsync(page, View, stop);
    }

    public async Task<Revised<DepartmentView>?> FindAsync(Guid id, CancellationToken stop)
    {
        var found = db.Set<Department>().AsNoTracking().Where(d => d.Id == id);
        var view = await found.Select(View).SingleOrDefaultAsync(stop);
        return view is null ? null : new Revised<DepartmentView>(view, await found.Select(d => d.Revision).SingleAsync(stop));
    }

    /// <summary>All of them, each with those below it.</summary>
    public async Task<IReadOnlyList<DepartmentTreeView>> TreeAsync(CancellationToken stop)
    {
        var below = (await db.Set<Department>().AsNoTracking().OrderBy(d => d.Name).Select(View).ToListAsync(stop)).ToLookup(d => d.ParentDepartmentId ?? Guid.Empty);
        return Below(Guid.Empty);

        List<DepartmentTreeView> Below(Guid parent) => [.. below[parent].Select(d => new DepartmentTreeView { Department = d, Children = Below(d.Id) })];
    }
}
