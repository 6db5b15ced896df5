using System.Collections.Frozen;
using CrossAudit.Contracts.Access;
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
            var graph = await ReadAsync(db, organizationId, version, stop);
            if (await VersionOfAsync(db, organizationId, stop) == version)
                return graph;
        }
    }

    private static async Task<AccessGraph> ReadAsync(AppDbContext db, Guid organizationId, long version, CancellationToken stop)
    {
        var permissions = new PermissionIndex(await Of<CustomPermission>(db, organizationId).OrderBy(p => p.Id).Select(p => p.Name).ToListAsync(stop));
        var roles = RolesOf(permissions, organizationId, await Of<Role>(db, organizationId).ToListAsync(stop));
        var departments = await Of<Department>(db, organizationId).Select(d => new { d.Id, d.ParentDepartmentId, d.DefaultRoleId }).ToListAsync(stop);
        var tree = new DepartmentTree([.. departments.Select(d => (d.Id, d.ParentDepartmentId))]);
        var defaults = departments.Where(d => d.DefaultRoleId is not null).ToDictionary(d => d.Id, d => d.DefaultRoleId!.Value);

        var grants = new Dictionary<Guid, List<GraphGrant>>();
        void Add(Guid user, Guid role, Guid? department, DateTimeOffset? expiresAt, RoleSource source)
        {
            // Whoever is no member has nothing, whatever was left behind.
            if (grants.TryGetValue(user, out var own) && roles.TryGetValue(role, out var known) && tree.SpanOf(department) is { } span)
                own.Add(new GraphGrant(known, span, department, expiresAt, source));
        }

        foreach (var member in await Of<Membership>(db, organizationId).Select(m => new { m.UserId, m.Role }).ToListAsync(stop))
        {
            grants[member.UserId] = [];
            Add(member.UserId, DefaultRoles.IdOf(organizationId, member.Role), null, null, RoleSource.Membership);
        }
        foreach (var grant in await Of<RoleGrant>(db, organizationId).Select(g => new { g.UserId, g.RoleId, g.DepartmentId, g.ExpiresAt }).ToListAsync(stop))
            Add(grant.UserId, grant.RoleId, grant.DepartmentId, grant.ExpiresAt, RoleSource.Grant);
        foreach (var member in await Of<DepartmentMember>(db, organizationId).Select(m => new { m.UserId, m.DepartmentId }).ToListAsync(stop))
            if (defaults.TryGetValue(member.DepartmentId, out var role))
                Add(member.UserId, role, member.DepartmentId, null, RoleSource.Department);
        return new AccessGraph(organizationId, version, permissions, roles, tree, grants.ToFrozenDictionary(user => user.Key, user => user.Value.ToArray()));
    }

    /// <summary>Closes the organization's roles over their ancestors, the default ones first.</summary>
    public static Dictionary<Guid, GraphRole> RolesOf(PermissionIndex permissions, Guid organizationId, IEnumerable<Role> own)
    {
        var closed = new Dictionary<Guid, GraphRole>();
        foreach (var definition in DefaultRoles.All.Append(DefaultRoles.OwnerDefinition))
        {
            var id = DefaultRoles.IdOf(organizationId, definition.Name);
            closed[id] = GraphRole.Of(permissions, id, definition, definition.Parent is { } parent ? closed[DefaultRoles.IdOf(organizationId, parent)] : null);
        }
        var waiting = own.ToLookup(role => role.ParentRoleId);
        // From those whose parents are closed downwards: a role whose parent is gone, or that would be its own ancestor, is never reached and gives nothing.
        var next = new Queue<Role>(waiting[null].Concat(closed.Keys.ToList().SelectMany(id => waiting[id])));
        while (next.TryDequeue(out var role))
        {
            closed[role.Id] = GraphRole.Of(permissions, role.Id, role.Definition, role.ParentRoleId is { } parent ? closed[parent] : null, role.IsActive);
            foreach (var child in waiting[role.Id])
                next.Enqueue(child);
        }
        return closed;
    }

    // The reader asks for an organization that it is not in: nobody is signed in yet.
    private static IQueryable<T> Of<T>(AppDbContext db, Guid organizationId)
        where T : class, IOrganizationOwned => db.Set<T>().IgnoreQueryFilters().AsNoTracking().Where(row => row.OrganizationId == organizationId);
}
