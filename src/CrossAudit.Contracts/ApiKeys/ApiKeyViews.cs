using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.ApiKeys;

/// <summary>Whose a key is.</summary>
public enum ApiKeyKind
{
    /// <summary>It acts as its holder, and ends with their membership.</summary>
    Personal,

    /// <summary>It belongs to the organization: when its holder leaves, an owner becomes its holder.</summary>
    Service,
}

/// <summary>An API key, without the key itself.</summary>
public record ApiKeyView
{
    /// <summary>Identifies the key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization that it acts in.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>How the key begins: enough to know it by, and not to use it.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>Whose it is.</summary>
    public required ApiKeyKind Kind { get; init; }

    /// <summary>The member who answers for it, and whose rights bound it.</summary>
    public required Guid HolderId { get; init; }

    /// <summary>Permissions that it has, as far as its holder has them: names, <c>resource.*</c> or <c>admin.full</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The highest label that it sees, as far as its holder does.</summary>
    public required SensitivityLevel MaxSensitivity { get; init; }

    /// <summary>Addresses and networks that it may be used from; empty for any.</summary>
    public required IReadOnlyList<string> AllowedAddresses { get; init; }

    /// <summary>Requests that it has in a minute.</summary>
    public required int RateLimitRpm { get; init; }

    /// <summary>Requests that it has in an hour.</summary>
    public required int RateLimitRph { get; init; }

    /// <summary>How often it was used; counted some seconds late.</summary>
    public required long UsageCount { get; init; }

    /// <summary>When it was used last; null if it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when the key that a rotation replaced still works; null where none does.</summary>
    public DateTimeOffset? PreviousKeyExpiresAt { get; init; }

    /// <summary>Who made it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When it was revoked for good; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why: <c>leaked</c> or <c>membership_ended</c>.</summary>
    public string? RevokedReason { get; init; }

    /// <summary>What its users keep with it.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An API key with the key itself, which is shown this once.</summary>
public sealed record ApiKeySecretView : ApiKeyView
{
    /// <summary>Adds the key to what is known of it.</summary>
    /// <param name="view">What is known of it.</param>
    [SetsRequiredMembers]
    public ApiKeySecretView(ApiKeyView view)
        : base(view)
    {
    }

    /// <summary>For what reads it from JSON.</summary>
    [JsonConstructor]
    public ApiKeySecretView()
    {
    }

    /// <summary>The whole key. Keep it: only its hash is stored.</summary>
    public string Key { get; init; } = "";
}
