using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.Organizations;

/// <summary>The rules that hold in an organization.</summary>
public sealed record OrganizationSettings
{
    /// <summary>The label of a document that is made without one; nobody's own clearance is exceeded by it.</summary>
    public SensitivityLevel DefaultSensitivity { get; init; } = SensitivityLevel.Restricted;

    /// <summary>How long documents are kept that are made without a policy of their own.</summary>
    public RetentionPolicyView Retention { get; init; } = new() { RetentionPeriod = 2555, AutoDelete = false, StartsAt = "created_at" };

    /// <summary>How long documents of a type, or with a label, are kept instead. That of a document's type comes before that of its label.</summary>
    public IReadOnlyList<RetentionRule> RetentionRules { get; init; } = [];

    /// <summary>Days that a document stays in the bin at least.</summary>
    public int BinDays { get; init; } = 30;

    /// <summary>Whether every session needs a second factor.</summary>
    public bool MfaRequired { get; init; }

    /// <summary>Domains that members' confirmed addresses may be of; empty for any.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Hours a session lasts at most; null for as long as the server allows.</summary>
    public int? SessionHours { get; init; }

    /// <summary>What happens to a message whose attachments or content are labelled above its thread: <c>flag</c> or <c>refuse</c>.</summary>
    public string ChatLabelPolicy { get; init; } = "flag";
}

/// <summary>Changes the rules: what is absent stays as it is. A field that does not exist is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateSettingsRequest
{
    /// <summary>The label of a document that is made without one.</summary>
    public SensitivityLevel? DefaultSensitivity { get; init; }

    /// <summary>How long documents are kept that are made without a policy of their own.</summary>
    public RetentionDefaults? Retention { get; init; }

    /// <summary>How long documents of a type, or with a label, are kept instead. All of them: a rule that is not among them ends.</summary>
    [MaxLength(100), RetentionRules]
    public IReadOnlyList<RetentionRule>? RetentionRules { get; init; }

    /// <summary>Days that a document stays in the bin at least, 1 to 365. Holds for what comes into the bin from then on.</summary>
    [Range(1, 365)]
    public int? BinDays { get; init; }

    /// <summary>Whether every session needs a second factor. Whoever sets it has to have used one.</summary>
    public bool? MfaRequired { get; init; }

    /// <summary>Domains that members' confirmed addresses may be of; empty for any. Whoever sets it has to be within.</summary>
    [MaxLength(100), Text(253, MinLength = 1), DomainName]
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Hours a session lasts at most, 1 to 8760; null for as long as the server allows.</summary>
    public Optional<int?> SessionHours { get; init; }

    /// <summary>What happens to a message whose attachments or content are labelled above its thread: <c>flag</c> or <c>refuse</c>.</summary>
    [AllowedValues("flag", "refuse", null, ErrorMessage = "It is flag or refuse.")]
    public string? ChatLabelPolicy { get; init; }
}

/// <summary>How long documents are kept.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetentionDefaults
{
    /// <summary>Days they are kept.</summary>
    [Range(1, 36_500)]
    public int RetentionPeriod { get; init; } = 2555;

    /// <summary>Whether they are disposed of by themselves when the days are over.</summary>
    public bool AutoDelete { get; init; }

    /// <summary>What the days are counted from: <c>created_at</c> or <c>updated_at</c>.</summary>
    [AllowedValues("created_at", "updated_at", ErrorMessage = "It is created_at or updated_at.")]
    public string StartsAt { get; init; } = "created_at";
}

/// <summary>Changes an organization: what is absent stays as it is, null clears what can be empty.</summary>
public sealed record UpdateOrganizationRequest
{
    /// <summary>Its name.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> Name { get; init; }

    /// <summary>Its name as shown.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> DisplayName { get; init; }

    /// <summary>What it is.</summary>
    [Text(2000)]
    public Optional<string?> Description { get; init; }

    /// <summary>Its internet domain.</summary>
    [Text(253), DomainName]
    public Optional<string?> Domain { get; init; }

    /// <summary>Address of its logo, http or https.</summary>
    [Text(2000), HttpUrl]
    public Optional<string?> LogoUrl { get; init; }

    /// <summary>Its website, http or https.</summary>
    [Text(2000), HttpUrl]
    public Optional<string?> Website { get; init; }

    /// <summary>Its industry.</summary>
    [Text(100)]
    public Optional<string?> Industry { get; init; }

    /// <summary>How many people it has, as a range.</summary>
    [Text(50)]
    public Optional<string?> CompanySize { get; init; }

    /// <summary>Where its head office is.</summary>
    [Text(200)]
    public Optional<string?> HeadquartersLocation { get; init; }
}

/// <summary>Gives a member another role.</summary>
public sealed record ChangeRoleRequest
{
    /// <summary>The role they will have: <c>owner</c>, <c>admin</c>, <c>manager</c>, <c>member</c>, <c>viewer</c> or <c>auditor</c>.</summary>
    [Text(50)]
    public string? Role { get; init; }
}

/// <summary>Hands an organization over.</summary>
public sealed record TransferOwnershipRequest
{
    /// <summary>The member who becomes the owner.</summary>
    [Required]
    public Guid? UserId { get; init; }
}

/// <summary>A token of an invitation.</summary>
public sealed record InvitationTokenRequest
{
    /// <summary>The token from the invitation's mail.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Token { get; init; } = "";
}

/// <summary>What an invitation is to, for whoever holds its token.</summary>
public sealed record InvitationPreview
{
    /// <summary>The organization's name as shown.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>The address invited; only it can accept.</summary>
    public required string Email { get; init; }

    /// <summary>The role they will have.</summary>
    public required string Role { get; init; }

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether there is an account with this address, which accepts by signing in.</summary>
    public required bool HasAccount { get; init; }
}
