using System.Text.Json.Nodes;
using CrossAudit.Contracts.Auth;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Actors;

/// <summary>A person's account. It belongs to no organization; memberships tie it to them.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? ProfilePictureUrl { get; set; }

    /// <summary>IANA name.</summary>
    public string Timezone { get; set; } = "UTC";

    /// <summary>BCP 47 tag.</summary>
    public string Language { get; set; } = "en";

    public JsonObject NotificationPreferences { get; set; } = [];

    public bool IsActive { get; set; } = true;

    /// <summary>The secret of the account's authenticator app, sealed; null without one.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>A secret that was shown, and not yet taken into use by a code.</summary>
    public byte[]? PendingTotpSecret { get; set; }

    /// <summary>The last time step whose code was used (RFC 6238): no code works twice.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>Counts changes of the profile: its <c>ETag</c>.</summary>
    public int ProfileRevision { get; set; }

    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>The organization signed in to last, which a sign-in that names none returns to.</summary>
    public Guid? LastOrganizationId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What to call them; the part before the @ where they gave no name.</summary>
    public string DisplayName => string.Join(' ', new[] { FirstName, LastName }.Where(name => !string.IsNullOrWhiteSpace(name))) is { Length: > 0 } name
        ? name
        : Email!.Split('@')[0];

    public UserView ToView() => new()
    {
        Id = Id,
        Email = Email!,
        FirstName = FirstName,
        LastName = LastName,
        Phone = PhoneNumber,
        ProfilePictureUrl = ProfilePictureUrl,
        Timezone = Timezone,
        Language = Language,
        NotificationPreferences = NotificationPreferences,
        IsActive = IsActive,
        EmailVerified = EmailConfirmed,
        MfaEnabled = TwoFactorEnabled,
        LastLoginAt = LastLoginAt,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.HasKey(u => u.Id);
        user.HasIndex(u => u.NormalizedEmail).IsUnique();
        user.HasIndex(u => u.NormalizedUserName).IsUnique();
        user.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
        user.Property(u => u.LastTotpStep).IsConcurrencyToken();
        user.Property(u => u.ProfileRevision).IsConcurrencyToken();
    }
}
