using System.Collections.Concurrent;
using System.Collections.Frozen;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>
/// Who may do what in one organization, at one version: its roles closed over their ancestors, its departments numbered, its grants by person. Immutable and
/// shared by all requests; a change makes another one.
/// </summary>
internal sealed class AccessGraph(
    Guid organizationId, long version, PermissionIndex permissions, IReadOnlyDictionary<Guid, GraphRole> roles, DepartmentTree departments, FrozenDictionary<Guid, GraphGrant[]> grants)
{
    // Compiled when first asked for: most people of a large organization are not here now.
    private readonly ConcurrentDictionary<Guid, UserAccess> _compiled = new();

    public Guid OrganizationId => organizationId;

    /// <summary>Counts the changes of who may do what.</summary>
    public long Version => version;

    public PermissionIndex Permissions => permissions;

    /// <summary>By id, the default ones and <c>owner</c> among them.</summary>
    public IReadOnlyDictionary<Guid, GraphRole> Roles => roles;

    public DepartmentTree Departments => departments;

    public bool HasMember(Guid userId) => grants.ContainsKey(userId);

    /// <summary>The members.</summary>
    public IEnumerable<Guid> Users => grants.Keys;

    /// <summary>A default role, or <c>owner</c>.</summary>
    public GraphRole RoleNamed(string name) => roles[DefaultRoles.IdOf(organizationId, name)];

    /// <summary>Every role that somebody has, those that have ended included.</summary>
    public IReadOnlyList<GraphGrant> GrantsOf(Guid userId) => grants.GetValueOrDefault(userId) ?? [];

    /// <summary>Whether their membership is an owner's.</summary>
    public bool IsOwner(Guid userId) => GrantsOf(userId).Any(grant => grant is { Source: RoleSource.Membership, Role.Name: DefaultRoles.Owner });

    /// <summary>What somebody may do now; nothing, if they are no member.</summary>
    public UserAccess AccessOf(Guid userId, DateTimeOffset now)
    {
        if (_compiled.TryGetValue(userId, out var known) && now < known.ValidUntil)
            return known;
        return _compiled[userId] = Compile(userId, now);
    }

    /// <summary>The same, made anew and not kept: for questions about everybody, most of whom are not here now.</summary>
    public UserAccess Compile(Guid userId, DateTimeOffset now)
    {
        var counting = GrantsOf(userId).Where(grant => grant.IsActive(now)).ToList();
        return new UserAccess(this, counting, counting.Min(grant => grant.ExpiresAt) ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Whether somebody holds a permission somewhere, straight from their grants.</summary>
    public bool Allows(Guid userId, string permission, ResourcePlace where, DateTimeOffset now)
    {
        var (number, place, allowed, clearance) = (permissions.NumberOf(permission), departments.PlaceOf(where.DepartmentId), false, SensitivityLevel.Public);
        foreach (var grant in GrantsOf(userId))
        {
            if (!grant.IsActive(now) || !grant.Span.Holds(place))
                continue;
            if (grant.Role.Denies.Has(number))
                return false;
            allowed |= grant.Role.Allows.Has(number);
            clearance = grant.Role.Clearance > clearance ? grant.Role.Clearance : clearance;
        }
        return allowed && (where.Label is not { } label || label <= clearance) && where.Participants?.Contains(userId) != false;
    }

    /// <summary>The roles that somebody has for this department or one above it; those for the whole organization are not among them.</summary>
    public IEnumerable<GraphRole> RolesGrantedAt(Guid? departmentId) => departmentId is null ? []
        : grants.Values.SelectMany(own => own).Where(grant => !grant.Span.IsOrganization && grant.Span.Holds(departments.PlaceOf(departmentId))).Select(grant => grant.Role).Distinct();
}
