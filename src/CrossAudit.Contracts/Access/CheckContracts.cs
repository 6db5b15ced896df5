using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Access;

/// <summary>Asks whether somebody may do something.</summary>
public sealed record CheckRequest
{
    /// <summary>Whom it is asked of; the caller where left out. Asking of others needs <c>roles.read</c>.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The permission.</summary>
    [Required, Text(101, MinLength = 3)]
    public string Permission { get; init; } = "";

    /// <summary>What it is asked for: <c>document</c>, <c>thread</c> or <c>department</c>; the organization at large where left out.</summary>
    [AllowedValues(null, "document", "thread", "department", ErrorMessage = "It is document, thread or department.")]
    public string? ResourceType { get; init; }

    /// <summary>Which one of that type.</summary>
    public Guid? ResourceId { get; init; }
}

/// <summary>Whether somebody may do something, and why.</summary>
public sealed record CheckView
{
    /// <summary>Whom it was asked of.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The permission.</summary>
    public required string Permission { get; init; }

    /// <summary>What it was asked for.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Which one of that type.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>Whether they may.</summary>
    public required bool Allowed { get; init; }

    /// <summary>What decides it: all that denies it, or else all that allows it, or else what is missing.</summary>
    public required IReadOnlyList<AccessReasonView> Because { get; init; }
}

/// <summary>What a reason speaks for.</summary>
public enum AccessEffect
{
    /// <summary>It allows.</summary>
    Allow,

    /// <summary>It denies, whatever allows.</summary>
    Deny,

    /// <summary>It would have been needed, and is not there.</summary>
    Missing,
}

/// <summary>One reason of a decision: the role, what of it decides, the ancestor that this stands in, and where the role counts.</summary>
public sealed record AccessReasonView
{
    /// <summary>What it speaks for.</summary>
    public required AccessEffect Effect { get; init; }

    /// <summary>The reason in a sentence, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>What in the role covers the permission: its name, a wildcard or <c>admin.full</c>.</summary>
    public string? Entry { get; init; }

    /// <summary>The role that they have.</summary>
    public Guid? RoleId { get; init; }

    /// <summary>That role's name.</summary>
    public string? Role { get; init; }

    /// <summary>The ancestor of that role in which it stands; null where it stands in the role itself.</summary>
    public Guid? AncestorRoleId { get; init; }

    /// <summary>That ancestor's name.</summary>
    public string? AncestorRole { get; init; }

    /// <summary>How they came to the role.</summary>
    public RoleSource? Source { get; init; }

    /// <summary>The department that the role counts in, with those below it; null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>When the role ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Somebody who may do something, and why.</summary>
public sealed record HolderView
{
    /// <summary>Who may.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Their address.</summary>
    public required string Email { get; init; }

    /// <summary>All that allows it.</summary>
    public required IReadOnlyList<AccessReasonView> Because { get; init; }
}

/// <summary>A permission that somebody holds, and one way in which it came to them.</summary>
public sealed record EffectivePermissionView
{
    /// <summary>The permission.</summary>
    public required string Permission { get; init; }

    /// <summary>The role that they have.</summary>
    public required Guid RoleId { get; init; }

    /// <summary>That role's name.</summary>
    public required string Role { get; init; }

    /// <summary>The ancestor of that role in which it stands; null where it stands in the role itself.</summary>
    public Guid? AncestorRoleId { get; init; }

    /// <summary>That ancestor's name.</summary>
    public string? AncestorRole { get; init; }

    /// <summary>What in the role covers the permission.</summary>
    public required string Entry { get; init; }

    /// <summary>How they came to the role.</summary>
    public required RoleSource Source { get; init; }

    /// <summary>The department that it is held in, with those below it; null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Departments within that, in which another role denies it.</summary>
    public required IReadOnlyList<Guid> DeniedInDepartments { get; init; }

    /// <summary>When the role ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
