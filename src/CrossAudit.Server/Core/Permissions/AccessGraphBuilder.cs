using System.Collections.Frozen;
using CrossAudit.Contracts.Access;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Builds a graph from what is stored. What refers to something that is not there gives nothing.</summary>
internal static class AccessGraphBuilder
{
    public static AccessGraph Build(AccessFacts facts)
    {
        var permissions = new PermissionIndex(facts.CustomPermissions);
        var roles = RolesOf(permissions, facts.OrganizationId, facts.Roles);
        var departments = new DepartmentTree([.. facts.Departments.Select(d => (d.Id, d.ParentId))]);
        var grants = GrantsOf(facts, roles, departments);
        return new AccessGraph(facts.OrganizationId, facts.Version, permissions, roles, departments, grants.ToFrozenDictionary(user => user.Key, user => user.Value.ToArray()));
    }

    private static Dictionary<Guid, List<GraphGrant>> GrantsOf(AccessFacts facts, Dictionary<Guid, GraphRole> roles, DepartmentTree tree)
    {
        // Whoever is no member has nothing, whatever was left behind.
        var grants = facts.Memberships.ToDictionary(member => member.UserId, _ => new List<GraphGrant>());
        void Add(Guid user, Guid role, Guid? department, DateTimeOffset? expiresAt, RoleSource source)
        {
            if (grants.TryGetValue(user, out var own) && roles.TryGetValue(role, out var known) && tree.SpanOf(department) is { } span)
                own.Add(new GraphGrant(known, span, department, expiresAt, source));
        }

        foreach (var member in facts.Memberships)
            Add(member.UserId, DefaultRoles.IdOf(facts.OrganizationId, member.Role), null, null, RoleSource.Membership);
        foreach (var grant in facts.Grants)
            Add(grant.UserId, grant.RoleId, grant.DepartmentId, grant.ExpiresAt, RoleSource.Grant);
        var defaults = facts.Departments.Where(d => d.DefaultRoleId is not null).ToDictionary(d => d.Id, d => d.DefaultRoleId!.Value);
        foreach (var member in facts.DepartmentMembers)
            if (defaults.TryGetValue(member.DepartmentId, out var role))
                Add(member.UserId, role, member.DepartmentId, null, RoleSource.Department);
        return grants;
    }

    /// <summary>Closes the organization's roles over their ancestors, the default ones first.</summary>
    private static Dictionary<Guid, GraphRole> RolesOf(PermissionIndex permissions, Guid organizationId, IReadOnlyList<Role> own)
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
}
