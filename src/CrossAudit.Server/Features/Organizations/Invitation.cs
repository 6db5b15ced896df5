using System.Linq.Expressions;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>A place in an organization, held for one e-mail address until it expires.</summary>
internal sealed class Invitation : IOrganizationOwned, IRevised, ITimeOrdered
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Email { get; init; }

    /// <summary>As the account's address is normalized, to compare with it.</summary>
    public required string NormalizedEmail { get; init; }

    public required string Role { get; init; }
    public required byte[] TokenHash { get; set; }
    public required Guid InvitedBy { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was accepted or revoked; null while it waits.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public bool IsAccepted { get; set; }

    public int Revision { get; set; }

    /// <summary>Whether it is in the state that <see cref="ToView"/> shows under this name.</summary>
    public static Expression<Func<Invitation, bool>> Is(string status, DateTimeOffset now) => status switch
    {
        "accepted" => i => i.IsAccepted,
        "revoked" => i => !i.IsAccepted && i.ClosedAt != null,
        "expired" => i => i.ClosedAt == null && i.ExpiresAt <= now,
        _ => i => i.ClosedAt == null && i.ExpiresAt > now,
    };

    public static Expression<Func<Invitation, InvitationView>> ToView(DateTimeOffset now) => i => new InvitationView
    {
        Id = i.Id,
        Email = i.Email,
        Role = i.Role,
        InvitedBy = i.InvitedBy,
        Status = i.IsAccepted ? "accepted" : i.ClosedAt != null ? "revoked" : i.ExpiresAt <= now ? "expired" : "pending",
        ExpiresAt = i.ExpiresAt,
        CreatedAt = i.CreatedAt,
    };
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitations");
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        invitation.HasIndex(i => new { i.OrganizationId, i.CreatedAt });
        // Accepted and revoked at once: one of them loses.
        invitation.Property(i => i.ClosedAt).IsConcurrencyToken();
    }
}
