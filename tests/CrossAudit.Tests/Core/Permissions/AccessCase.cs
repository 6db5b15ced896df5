using CrossAudit.Contracts.Documents;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>An organization's roles, departments and grants, by name as one would tell them, and what is asked about them in the order of time.</summary>
internal sealed record AccessCase
{
    public IReadOnlyList<string> CustomPermissions { get; init; } = [];
    public IReadOnlyList<CaseRole> Roles { get; init; } = [];
    public IReadOnlyList<CaseDepartment> Departments { get; init; } = [];
    public IReadOnlyList<CaseMembership> Memberships { get; init; } = [];
    public IReadOnlyList<CaseGrant> Grants { get; init; } = [];
    public IReadOnlyList<CaseDepartmentMember> DepartmentMembers { get; init; } = [];
    public required IReadOnlyList<CaseQuestion> Questions { get; init; }

    /// <summary>A line for each fact: what FsCheck prints where the engine is wrong.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, ["", .. CustomPermissions.Select(name => $"permission {name}"), .. Roles, .. Departments, .. Memberships, .. Grants, .. DepartmentMembers, .. Questions]);
}

/// <summary>A role; its parent may be another of them, a default one, or none that is there.</summary>
internal sealed record CaseRole(string Name, string? Parent, bool IsActive, SensitivityLevel Clearance, IReadOnlyList<string> Allows, IReadOnlyList<string> Denies)
{
    public override string ToString() =>
        $"role {Name}{(Parent is null ? "" : $" below {Parent}")}{(IsActive ? "" : ", switched off")}, sees {Clearance}, allows [{string.Join(", ", Allows)}], denies [{string.Join(", ", Denies)}]";
}

/// <summary>A department; its parent may not be there.</summary>
internal sealed record CaseDepartment(string Name, string? Parent, string? DefaultRole)
{
    public override string ToString() => $"department {Name}{(Parent is null ? "" : $" below {Parent}")}{(DefaultRole is null ? "" : $", gives its members {DefaultRole}")}";
}

internal sealed record CaseMembership(string User, string Role)
{
    public override string ToString() => $"{User} is a member as {Role}";
}

/// <summary>A role given to somebody, until a minute from which it counts no longer.</summary>
internal sealed record CaseGrant(string User, string Role, string? Department, int? Ends)
{
    public override string ToString() => $"{User} was granted {Role}{(Department is null ? "" : $" for {Department}")}{(Ends is null ? "" : $" until {Ends}")}";
}

internal sealed record CaseDepartmentMember(string User, string Department)
{
    public override string ToString() => $"{User} belongs to {Department}";
}

/// <summary>
/// What is asked in a minute: whether somebody holds a permission in a department, for a thing with a label that may be known to its participants alone, and
/// whether they may give a role there.
/// </summary>
internal sealed record CaseQuestion(int At, string User, string Permission, string? Department, SensitivityLevel Label, IReadOnlyList<string>? Participants, string Role)
{
    public override string ToString() =>
        $"asked at {At}: {User}, {Permission}, in {Department ?? "the organization"}, label {Label}{(Participants is null ? "" : $", private to [{string.Join(", ", Participants)}]")}; giving {Role}";
}
