using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Reads an organization's graph: a query for each kind of fact, however many there are.</summary>
internal static class AccessGraphReader
{
    public static Task<long> VersionOfAsync(AppDbContext db, Guid organizationId, CancellationToken stop) =>
        db.Set<AccessVersion>().IgnoreQueryFilters().Where(v => v.OrganizationId == organizationId).Select(v => v.Version).SingleOrDefaultAsync(stop);

    /// <summary>Reads the graph as it is at one version: where something changes meanwhile, it is read again.</summary>
    public static async Task<AccessGraph> ReadAsync(AppDbContext db, Guid organizationId, CancellationToken stop)
    {
        while (true)
        {
            var version = await VersionOfAsync(db, organizationId, stop);
            var facts = await ReadFactsAsync(db, organizationId, version, stop);
            if (await VersionOfAsync(db, organizationId, stop) == version)
                return AccessGraphBuilder.Build(facts);
        }
    }

    private static async Task<AccessFacts> ReadFactsAsync(AppDbContext db, Guid organizationId, long version, CancellationToken stop) => new(organizationId, version)
    {
        CustomPermissions = await Of<CustomPermission>(db, organizationId).OrderBy(p => p.Id).Select(p => p.Name).ToListAsync(stop),
        Roles = await Of<Role>(db, organizationId).ToListAsync(stop),
        Departments = await Of<Department>(db, organizationId).Select(d => new DepartmentFact(d.Id, d.ParentDepartmentId, d.DefaultRoleId)).ToListAsync(stop),
        Memberships = await Of<Membership>(db, organizationId).Select(m => new MembershipFact(m.UserId, m.Role)).ToListAsync(stop),
        Grants = await Of<RoleGrant>(db, organizationId).Select(g => new GrantFact(g.UserId, g.RoleId, g.DepartmentId, g.ExpiresAt)).ToListAsync(stop),
        DepartmentMembers = await Of<DepartmentMember>(db, organizationId).Select(m => new DepartmentMemberFact(m.UserId, m.DepartmentId)).ToListAsync(stop),
    };

    // The reader asks for an organization that it is not in: nobody is signed in yet.
    private static IQueryable<T> Of<T>(AppDbContext db, Guid organizationId)
        where T : class, IOrganizationOwned => db.Set<T>().IgnoreQueryFilters().AsNoTracking().Where(row => row.OrganizationId == organizationId);
}
