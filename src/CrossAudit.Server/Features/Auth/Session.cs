using CrossAudit.Server.Core.Actors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Auth;

/// <summary>A sign-in of one person, in one organization, on one device. Access tokens name it and die with it.</summary>
internal sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required Guid OrganizationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>When the person last proved who they are, by signing in or doing so again; a renewal proves nothing.</summary>
    public required DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>How they proved it: authentication method references (RFC 8176), such as <c>pwd otp mfa</c>, separated by spaces.</summary>
    public required string Methods { get; set; }

    public string? IpAddress { get; init; }
    public string? UserAgent { get; init; }

    /// <summary>When it was signed out, ended or revoked; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public User? User { get; init; }
    public Organization? Organization { get; init; }
}

/// <summary>One link of a session's chain of refresh tokens. Each is used once; using it again later betrays a copy.</summary>
internal sealed class RefreshToken
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public Session? Session { get; init; }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        session.HasOne(s => s.Organization).WithMany().HasForeignKey(s => s.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        session.Property(s => s.EndedAt).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("refresh_tokens");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasOne(t => t.Session).WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
        // Two uses at once: the second one loses, and is then seen as the reuse it is.
        token.Property(t => t.UsedAt).IsConcurrencyToken();
    }
}
