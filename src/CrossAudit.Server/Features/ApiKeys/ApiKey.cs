using System.Linq.Expressions;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>A key by which a program acts in an organization. Of the key itself only the hash is kept.</summary>
internal sealed class ApiKey : IOrganizationOwned, IRevised, ITimeOrdered
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; set; }
    public string? Description { get; set; }
    public required ApiKeyKind Kind { get; init; }

    /// <summary>Whose rights bound it, and who answers for what it does.</summary>
    public required Guid HolderId { get; set; }

    public required string KeyPrefix { get; set; }
    public required byte[] KeyHash { get; set; }

    /// <summary>The key that the last rotation replaced, while it still works.</summary>
    public byte[]? PreviousKeyHash { get; set; }

    public DateTimeOffset? PreviousKeyExpiresAt { get; set; }
    public List<string> Scopes { get; set; } = [];
    public required SensitivityLevel MaxSensitivity { get; set; }
    public List<string> AllowedAddresses { get; set; } = [];
    public required int RateLimitRpm { get; set; }
    public required int RateLimitRph { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public required Guid CreatedBy { get; init; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset? RevokedAt { get; set; }
    public string? RevokedReason { get; set; }
    public JsonObject? Metadata { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public int Revision { get; set; }

    public User? Holder { get; init; }
    public Organization? Organization { get; init; }
    public required ApiKeyUse Use { get; init; }

    public static Expression<Func<ApiKey, ApiKeyView>> View { get; } = key => new ApiKeyView
    {
        Id = key.Id,
        OrganizationId = key.OrganizationId,
        Name = key.Name,
        Description = key.Description,
        KeyPrefix = key.KeyPrefix,
        Kind = key.Kind,
        HolderId = key.HolderId,
        Scopes = key.Scopes,
        MaxSensitivity = key.MaxSensitivity,
        AllowedAddresses = key.AllowedAddresses,
        RateLimitRpm = key.RateLimitRpm,
        RateLimitRph = key.RateLimitRph,
        UsageCount = key.Use.UsageCount,
        LastUsedAt = key.Use.LastUsedAt,
        ExpiresAt = key.ExpiresAt,
        PreviousKeyExpiresAt = key.PreviousKeyExpiresAt,
        CreatedBy = key.CreatedBy,
        IsActive = key.IsActive,
        RevokedAt = key.RevokedAt,
        RevokedReason = key.RevokedReason,
        Metadata = key.Metadata,
        CreatedAt = key.CreatedAt,
        UpdatedAt = key.UpdatedAt,
    };

    /// <summary>Gives it another key; the old one works on until then.</summary>
    public string Rotate(DateTimeOffset? oldWorksUntil)
    {
        var key = KeyFormat.Create();
        (PreviousKeyHash, PreviousKeyExpiresAt) = oldWorksUntil is null ? (null, null) : (KeyHash, oldWorksUntil);
        (KeyPrefix, KeyHash) = (key[..KeyFormat.ShownLength], Core.Actors.KeyHash.Of(key).ToBytes());
        return key;
    }

    /// <summary>Ends it for good.</summary>
    public void Revoke(string reason, DateTimeOffset now) =>
        (IsActive, RevokedAt, RevokedReason, PreviousKeyHash, PreviousKeyExpiresAt, UpdatedAt) = (false, now, reason, null, null, now);
}

/// <summary>How a key was used: apart from it, so that counting changes no revision and waits for nobody who changes the key.</summary>
internal sealed class ApiKeyUse
{
    public required Guid ApiKeyId { get; init; }
    public long UsageCount { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>Why keys are revoked.</summary>
internal static class ApiKeyRevocations
{
    public const string Leaked = "leaked";
    public const string MembershipEnded = "membership_ended";
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ApiKeyUse>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.HasIndex(k => k.KeyHash).IsUnique();
        key.HasIndex(k => k.PreviousKeyHash).IsUnique();
        key.HasIndex(k => new { k.OrganizationId, k.CreatedAt });
        key.HasOne(k => k.Holder).WithMany().HasForeignKey(k => k.HolderId).OnDelete(DeleteBehavior.Cascade);
        key.HasOne(k => k.Organization).WithMany().HasForeignKey(k => k.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        key.HasOne(k => k.Use).WithOne().HasForeignKey<ApiKeyUse>(use => use.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ApiKeyUse> use)
    {
        use.ToTable("api_key_uses").HasKey(u => u.ApiKeyId);
        // Nodes count at the same time: whoever is overtaken counts on from there.
        use.Property(u => u.UsageCount).IsConcurrencyToken();
    }
}
