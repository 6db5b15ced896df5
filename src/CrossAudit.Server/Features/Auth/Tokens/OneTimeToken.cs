using CrossAudit.Server.Core.Actors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Auth.Tokens;

/// <summary>A secret that was mailed to an address, to be sent back once: whoever has it reads that mailbox. Only its hash is kept.</summary>
internal sealed class OneTimeToken
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>What it is good for: one of <see cref="TokenPurposes"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The address it went to, which is thereby shown to be theirs.</summary>
    public required string Email { get; init; }

    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public User? User { get; init; }
}

/// <summary>What one-time tokens are good for.</summary>
internal static class TokenPurposes
{
    public const string ResetPassword = "reset_password";
    public const string VerifyEmail = "verify_email";
    public const string ChangeEmail = "change_email";
}

internal sealed class OneTimeTokenMapping : IEntityTypeConfiguration<OneTimeToken>
{
    public void Configure(EntityTypeBuilder<OneTimeToken> token)
    {
        token.ToTable("one_time_tokens");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasIndex(t => t.ExpiresAt);
        // Used twice at once: one of them loses.
        token.Property(t => t.UsedAt).IsConcurrencyToken();
        token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
