using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access;

/// <summary>What is kept of who may do what in an organization.</summary>
internal sealed class AccessData(AppDbContext db) : IOrganizationData
{
    // Should they be let in again, they come with nothing.
    public async Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop)
    {
        db.RemoveRange(await Of<RoleGrant>(organizationId).Where(g => g.UserId == userId).ToListAsync(stop));
        db.RemoveRange(await Of<DepartmentMember>(organizationId).Where(m => m.UserId == userId).ToListAsync(stop));
    }

    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        await Of<RoleGrant>(organizationId).ExecuteDeleteAsync(stop);
        await Of<DepartmentMember>(organizationId).ExecuteDeleteAsync(stop);
        await Of<Role>(organizationId).ExecuteDeleteAsync(stop);
        await Of<CustomPermission>(organizationId).ExecuteDeleteAsync(stop);
        await Of<Department>(organizationId).ExecuteUpdateAsync(set => set.SetProperty(d => d.ParentDepartmentId, (Guid?)null), stop);
        await Of<Department>(organizationId).ExecuteDeleteAsync(stop);
        await Of<AccessVersion>(organizationId).ExecuteDeleteAsync(stop);
    }

    // An organization that is destroyed is nobody's to be in.
    private IQueryable<T> Of<T>(Guid organizationId)
        where T : class, IOrganizationOwned => db.Set<T>().IgnoreQueryFilters().Where(row => row.OrganizationId == organizationId);
}
