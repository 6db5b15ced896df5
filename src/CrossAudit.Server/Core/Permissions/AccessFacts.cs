using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>All that is stored of who may do what in one organization, at one version (see <see cref="IAccessFact"/>).</summary>
/// <param name="Version">Counts the changes of who may do what.</param>
internal sealed record AccessFacts(Guid OrganizationId, long Version)
{
    /// <summary>Names of the permissions that the organization added to the shipped ones.</summary>
    public IReadOnlyList<string> CustomPermissions { get; init; } = [];

    /// <summary>The roles that it made for itself.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    public IReadOnlyList<DepartmentFact> Departments { get; init; } = [];
    public IReadOnlyList<MembershipFact> Memberships { get; init; } = [];
    public IReadOnlyList<GrantFact> Grants { get; init; } = [];
    public IReadOnlyList<DepartmentMemberFact> DepartmentMembers { get; init; } = [];
}

internal readonly record struct DepartmentFact(Guid Id, Guid? ParentId, Guid? DefaultRoleId);

/// <param name="Role">A default role's name, or <c>owner</c>.</param>
internal readonly record struct MembershipFact(Guid UserId, string Role);

internal readonly record struct GrantFact(Guid UserId, Guid RoleId, Guid? DepartmentId, DateTimeOffset? ExpiresAt);

internal readonly record struct DepartmentMemberFact(Guid UserId, Guid DepartmentId);
