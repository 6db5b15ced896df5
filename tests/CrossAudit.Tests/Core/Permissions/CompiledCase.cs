using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>The same organization as the engine knows it: built from rows, by ids.</summary>
internal static class CompiledCase
{
    private static readonly Guid Organization = Guid.Parse("01900000-0000-7000-8000-000000000000");
    private static readonly DateTimeOffset Midnight = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, Guid> DefaultIds = DefaultRoles.All.Append(DefaultRoles.OwnerDefinition).ToDictionary(role => role.Name, role => DefaultRoles.IdOf(Organization, role.Name));

    public static AccessGraph Of(AccessCase facts) => AccessGraphBuilder.Build(new AccessFacts(Organization, 1)
    {
        CustomPermissions = facts.CustomPermissions,
        Roles = [.. facts.Roles.Select(RowOf)],
        Departments = [.. facts.Departments.Select(d => new DepartmentFact(IdOf(d.Name), IdOrNull(d.Parent), IdOrNull(d.DefaultRole)))],
        Memberships = [.. facts.Memberships.Select(m => new MembershipFact(IdOf(m.User), m.Role))],
        Grants = [.. facts.Grants.Select(g => new GrantFact(IdOf(g.User), IdOf(g.Role), IdOrNull(g.Department), g.Ends is { } minute ? TimeOf(minute) : null))],
        DepartmentMembers = [.. facts.DepartmentMembers.Select(m => new DepartmentMemberFact(IdOf(m.User), IdOf(m.Department)))],
    });

    /// <summary>The id of a person, a role or a department: its name, as bytes.</summary>
    public static Guid IdOf(string name)
    {
        if (DefaultIds.TryGetValue(name, out var known))
            return known;
        Span<byte> bytes = stackalloc byte[16];
        System.Text.Encoding.ASCII.GetBytes(name, bytes);
        return new Guid(bytes);
    }

    public static Guid? IdOrNull(string? name) => name is null ? null : IdOf(name);

    public static DateTimeOffset TimeOf(int minute) => Midnight.AddMinutes(minute);

    private static Role RowOf(CaseRole role) => new()
    {
        Id = IdOf(role.Name),
        OrganizationId = Organization,
        Name = role.Name,
        DisplayName = role.Name,
        ParentRoleId = IdOrNull(role.Parent),
        IsActive = role.IsActive,
        MaxSensitivity = role.Clearance,
        Permissions = [.. role.Allows],
        DeniedPermissions = [.. role.Denies],
        CreatedAt = Midnight,
        UpdatedAt = Midnight,
    };
}
