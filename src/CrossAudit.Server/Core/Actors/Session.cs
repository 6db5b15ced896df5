using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Actors;

/// <summary>A sign-in of one person, in one organization, on one device. Access tokens name it and die with it; refresh tokens are its generations.</summary>
internal sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required Guid OrganizationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends whatever its owner does; renewals stop before, after a time of disuse.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The generation of its one live refresh token: it grows by one with each renewal.</summary>
    public int Generation { get; set; }

    /// <summary>When the live refresh token was issued.</summary>
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>When the person last proved who they are, by signing in or doing so again; a renewal proves nothing.</summary>
    public required DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>How they proved it: authentication method references (RFC 8176), such as <c>pwd otp mfa</c>, separated by spaces.</summary>
    public required string Methods { get; set; }

    /// <summary>Where it was used last.</summary>
    public string? IpAddress { get; set; }

    /// <summary>The client that used it last.</summary>
    public string? UserAgent { get; set; }

    /// <summary>When it was signed out, ended or revoked; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended: one of <see cref="SessionEndReasons"/>.</summary>
    public string? EndedReason { get; set; }

    public User? User { get; init; }
    public Organization? Organization { get; init; }

    /// <summary>Ends it. Its tokens stop working when that is saved and <see cref="ActorChanges"/> has told every node.</summary>
    public void End(string reason, DateTimeOffset now) => (EndedAt, EndedReason) = (now, reason);
}

/// <summary>Why sessions end before their time.</summary>
internal static class SessionEndReasons
{
    public const string SignedOut = "signed_out";
    public const string Revoked = "revoked";
    public const string RefreshReused = "refresh_reused";
    public const string Switched = "organization_switched";
    public const string PasswordChanged = "password_changed";
    public const string PasswordReset = "password_reset";
    public const string EmailChanged = "email_changed";
    public const string MfaEnabled = "mfa_enabled";
    public const string MembershipEnded = "membership_ended";
    public const string Deactivated = "account_deactivated";
    public const string OrganizationDeleted = "organization_deleted";
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        session.HasOne(s => s.Organization).WithMany().HasForeignKey(s => s.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        session.HasIndex(s => s.LastUsedAt);
        session.Property(s => s.EndedAt).IsConcurrencyToken();
    }
}
