using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.Access;

/// <summary>A role: what its holders may do, and up to which label they may see.</summary>
public sealed record RoleView
{
    /// <summary>Identifies the role.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose role it is.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Its name, which no other role of the organization has.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The role it inherits from, with all that one inherits.</summary>
    public Guid? ParentRoleId { get; init; }

    /// <summary>Whether it is one of those that every organization has; they are read-only.</summary>
    public required bool IsSystemRole { get; init; }

    /// <summary>Whether a new member has it where nothing else is said.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Whether it counts; switched off, it gives nothing and nothing is inherited through it.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The highest label that its holders may see; an ancestor's counts where it is higher.</summary>
    public required SensitivityLevel MaxSensitivity { get; init; }

    /// <summary>What it allows by itself: permission names, <c>resource.*</c> and <c>admin.full</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>What it denies by itself, whatever other role allows it.</summary>
    public required IReadOnlyList<string> DeniedPermissions { get; init; }

    /// <summary>The template that it is a copy of.</summary>
    public string? Template { get; init; }

    /// <summary>Which issue of the template it has; it can be upgraded where <c>GET /api/rbac/templates</c> shows a newer one.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Makes a role. Nobody can put into it what they do not hold themselves.</summary>
public sealed record CreateRoleRequest
{
    /// <summary>Its name: lower-case letters, digits, <c>_</c> and <c>-</c>.</summary>
    [Required, Text(100, MinLength = 1), Slug]
    public string Name { get; init; } = "";

    /// <summary>Its name as shown; the name where left out.</summary>
    [Text(200, MinLength = 1)]
    public string? DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    [Text(2000)]
    public string? Description { get; init; }

    /// <summary>The role it inherits from.</summary>
    public Guid? ParentRoleId { get; init; }

    /// <summary>The highest label that its holders may see.</summary>
    public SensitivityLevel MaxSensitivity { get; init; } = SensitivityLevel.Internal;

    /// <summary>What it allows: permission names, <c>resource.*</c> and <c>admin.full</c>.</summary>
    [MaxLength(500), Text(101, MinLength = 3)]
    public IReadOnlyList<string> Permissions { get; init => field = value ?? []; } = [];

    /// <summary>What it denies, whatever other role allows it.</summary>
    [MaxLength(500), Text(101, MinLength = 3)]
    public IReadOnlyList<string> DeniedPermissions { get; init => field = value ?? []; } = [];
}

/// <summary>Changes a role: an absent field is left alone, an explicit null clears one that may be empty.</summary>
public sealed record UpdateRoleRequest
{
    /// <summary>Its name.</summary>
    [Text(100, MinLength = 1), Slug]
    public Optional<string> Name { get; init; }

    /// <summary>Its name as shown.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    [Text(2000)]
    public Optional<string?> Description { get; init; }

    /// <summary>The role it inherits from.</summary>
    public Optional<Guid?> ParentRoleId { get; init; }

    /// <summary>Whether it counts.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The highest label that its holders may see.</summary>
    public SensitivityLevel? MaxSensitivity { get; init; }

    /// <summary>What it allows, in place of what it allowed.</summary>
    [MaxLength(500), Text(101, MinLength = 3)]
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>What it denies, in place of what it denied.</summary>
    [MaxLength(500), Text(101, MinLength = 3)]
    public IReadOnlyList<string>? DeniedPermissions { get; init; }
}

/// <summary>A role to copy.</summary>
public sealed record RoleTemplateView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Which issue of it this is; a later release may bring a newer one.</summary>
    public required int Version { get; init; }

    /// <summary>The highest label that holders of a copy may see.</summary>
    public required SensitivityLevel MaxSensitivity { get; init; }

    /// <summary>What a copy allows.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>What a copy denies.</summary>
    public required IReadOnlyList<string> DeniedPermissions { get; init; }
}

/// <summary>Makes a role as a copy of a template.</summary>
public sealed record CopyTemplateRequest
{
    /// <summary>The template's name.</summary>
    [Required, Text(100, MinLength = 1)]
    public string Template { get; init; } = "";

    /// <summary>The role's name; the template's where left out.</summary>
    [Text(100, MinLength = 1), Slug]
    public string? Name { get; init; }
}

/// <summary>Something that can be allowed.</summary>
public sealed record PermissionView
{
    /// <summary>Identifies the permission within the organization.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>resource.action</c></summary>
    public required string Name { get; init; }

    /// <summary>The part before the dot.</summary>
    public required string Resource { get; init; }

    /// <summary>The part after the dot.</summary>
    public required string Action { get; init; }

    /// <summary>What it allows.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is one of those that CrossAudit ships and asks for itself.</summary>
    public required bool IsSystem { get; init; }

    /// <summary>When the organization added it; of a shipped one, when the organization was founded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Adds a permission for what the organization governs elsewhere: roles can hold it, and <c>/check</c> answers for it.</summary>
public sealed record CreatePermissionRequest
{
    /// <summary><c>resource.action</c>, each of lower-case letters, digits and <c>_</c>.</summary>
    [Required, Text(101, MinLength = 3), PermissionName]
    public string Name { get; init; } = "";

    /// <summary>What it allows.</summary>
    [Text(500)]
    public string? Description { get; init; }
}
