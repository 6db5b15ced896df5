using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Organizations;

/// <summary>An organization: what documents, threads and the audit trail belong to.</summary>
public sealed record OrganizationView
{
    /// <summary>Identifies the organization.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>Its internet domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Address of its logo.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Its website.</summary>
    public string? Website { get; init; }

    /// <summary>Its industry.</summary>
    public string? Industry { get; init; }

    /// <summary>How many people it has, as a range.</summary>
    public string? CompanySize { get; init; }

    /// <summary>Where its head office is.</summary>
    public string? HeadquartersLocation { get; init; }

    /// <summary>Its settings.</summary>
    public required OrganizationSettings Settings { get; init; }

    /// <summary>The plan it is on.</summary>
    public required string SubscriptionTier { get; init; }

    /// <summary>Whether the plan is in force.</summary>
    public required string SubscriptionStatus { get; init; }

    /// <summary>Whether it can be signed in to.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When everything in it is destroyed, but for its audit trail; null unless it was deleted.</summary>
    public DateTimeOffset? DeletionDueAt { get; init; }

    /// <summary>Who founded or took over the organization.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>When it was founded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Founds an organization, whose owner is the caller.</summary>
public sealed record CreateOrganizationRequest
{
    /// <summary>Its name.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>Its name as shown; the name where left out.</summary>
    [Text(200)]
    public string? DisplayName { get; init; }

    /// <summary>What it is.</summary>
    [Text(2000)]
    public string? Description { get; init; }

    /// <summary>Its internet domain.</summary>
    [Text(253)]
    public string? Domain { get; init; }

    /// <summary>Its website, http or https.</summary>
    [Text(2000), HttpUrl]
    public string? Website { get; init; }

    /// <summary>Its industry.</summary>
    [Text(100)]
    public string? Industry { get; init; }

    /// <summary>How many people it has, as a range.</summary>
    [Text(50)]
    public string? CompanySize { get; init; }

    /// <summary>Where its head office is.</summary>
    [Text(200)]
    public string? HeadquartersLocation { get; init; }
}

/// <summary>A member of an organization.</summary>
public sealed record MemberView
{
    /// <summary>The member's account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The member's address.</summary>
    public required string Email { get; init; }

    /// <summary>Given name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    public string? LastName { get; init; }

    /// <summary>The role the membership carries: <c>owner</c> or one of the default roles.</summary>
    public required string Role { get; init; }

    /// <summary>When they became a member.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>Invites someone by e-mail.</summary>
public sealed record CreateInvitationRequest
{
    /// <summary>The address invited; only it can accept.</summary>
    [Required, Email, Text(254, MinLength = 3)]
    public string Email { get; init; } = "";

    /// <summary>The role they will have.</summary>
    [Required, AllowedValues("admin", "manager", "member", "viewer", "auditor", ErrorMessage = "It is one of admin, manager, member, viewer and auditor.")]
    public string Role { get; init; } = "member";
}

/// <summary>Accepts an invitation, as the signed-in account.</summary>
public sealed record AcceptInvitationRequest
{
    /// <summary>The token from the invitation's mail.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Token { get; init; } = "";
}

/// <summary>An invitation that has been sent.</summary>
public sealed record InvitationView
{
    /// <summary>Identifies the invitation.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address invited.</summary>
    public required string Email { get; init; }

    /// <summary>The role they will have.</summary>
    public required string Role { get; init; }

    /// <summary>Who invited them.</summary>
    public required Guid InvitedBy { get; init; }

    /// <summary>Where it stands: <c>pending</c>, <c>accepted</c>, <c>revoked</c> or <c>expired</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
