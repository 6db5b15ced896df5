namespace CrossAudit.Contracts.Access;

/// <summary>How somebody came to a role.</summary>
public enum RoleSource
{
    /// <summary>Their membership carries it.</summary>
    Membership,

    /// <summary>It was granted to them.</summary>
    Grant,

    /// <summary>It is the default role of a department that they belong to.</summary>
    Department,
}

/// <summary>Where and how long a role is granted.</summary>
public sealed record GrantRoleRequest
{
    /// <summary>The department that it counts in, with those below it; the whole organization where left out.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>When it ends by itself; never where left out. It lies in the future.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The organization; if it is sent, it is the caller's own.</summary>
    public Guid? OrganizationId { get; init; }
}

/// <summary>A role that somebody has.</summary>
public sealed record RoleHoldingView
{
    /// <summary>Who has it.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The role.</summary>
    public required Guid RoleId { get; init; }

    /// <summary>The role's name.</summary>
    public required string Role { get; init; }

    /// <summary>How they came to it.</summary>
    public required RoleSource Source { get; init; }

    /// <summary>The department that it counts in, with those below it; null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>The department's name.</summary>
    public string? Department { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it counts now: it has not ended, and the role is not switched off.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Who gave it; null for the role that a membership carries.</summary>
    public Guid? GrantedBy { get; init; }

    /// <summary>Since when they have it.</summary>
    public required DateTimeOffset GrantedAt { get; init; }
}

/// <summary>A role that somebody has, as an access review asks for it.</summary>
public sealed record AccessReviewEntryView
{
    /// <summary>Who has it.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Their address.</summary>
    public required string Email { get; init; }

    /// <summary>Given and family name.</summary>
    public string? Name { get; init; }

    /// <summary>The role.</summary>
    public required Guid RoleId { get; init; }

    /// <summary>The role's name.</summary>
    public required string Role { get; init; }

    /// <summary>How they came to it.</summary>
    public required RoleSource Source { get; init; }

    /// <summary>The department that it counts in, with those below it; null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>The department's name.</summary>
    public string? Department { get; init; }

    /// <summary>Since when they have it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Who gave it; null for the role that a membership carries.</summary>
    public Guid? GrantedBy { get; init; }

    /// <summary>The address of who gave it.</summary>
    public string? GrantedByEmail { get; init; }

    /// <summary>When the holder last did anything in the organization that stands in its audit trail, signing in and renewing a session included.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it counts now: it has not ended, and the role is not switched off.</summary>
    public required bool IsActive { get; init; }
}
