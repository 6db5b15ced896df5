using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Access;

/// <summary>A part of an organization: documents and threads may belong to it, and roles may be granted for it and for those below it.</summary>
public sealed record DepartmentView
{
    /// <summary>Identifies the department.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose department it is.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Its name, which no other department of the organization has.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>The department it is part of.</summary>
    public Guid? ParentDepartmentId { get; init; }

    /// <summary>The role that its members have in it.</summary>
    public Guid? DefaultRoleId { get; init; }

    /// <summary>How many members it has, not counting those of the departments below.</summary>
    public required int MemberCount { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A department with those below it.</summary>
public sealed record DepartmentTreeView
{
    /// <summary>The department.</summary>
    public required DepartmentView Department { get; init; }

    /// <summary>Those that are part of it, by name.</summary>
    public required IReadOnlyList<DepartmentTreeView> Children { get; init; }
}

/// <summary>Makes a department.</summary>
public sealed record CreateDepartmentRequest
{
    /// <summary>Its name.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>Its name as shown; the name where left out.</summary>
    [Text(200, MinLength = 1)]
    public string? DisplayName { get; init; }

    /// <summary>What it does.</summary>
    [Text(2000)]
    public string? Description { get; init; }

    /// <summary>The department it is part of.</summary>
    public Guid? ParentDepartmentId { get; init; }

    /// <summary>The role that its members have in it.</summary>
    public Guid? DefaultRoleId { get; init; }
}

/// <summary>Changes a department: an absent field is left alone, an explicit null clears one that may be empty.</summary>
public sealed record UpdateDepartmentRequest
{
    /// <summary>Its name.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> Name { get; init; }

    /// <summary>Its name as shown.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> DisplayName { get; init; }

    /// <summary>What it does.</summary>
    [Text(2000)]
    public Optional<string?> Description { get; init; }

    /// <summary>The department it is part of: another one moves it, with all below it and with what belongs to them.</summary>
    public Optional<Guid?> ParentDepartmentId { get; init; }

    /// <summary>The role that its members have in it.</summary>
    public Optional<Guid?> DefaultRoleId { get; init; }
}

/// <summary>Somebody who belongs to a department.</summary>
public sealed record DepartmentMemberView
{
    /// <summary>The department.</summary>
    public required Guid DepartmentId { get; init; }

    /// <summary>The member's account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The member's address.</summary>
    public required string Email { get; init; }

    /// <summary>Who put them there.</summary>
    public required Guid AddedBy { get; init; }

    /// <summary>When they came.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}
