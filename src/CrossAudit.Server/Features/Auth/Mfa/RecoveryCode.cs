using CrossAudit.Server.Core.Actors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Auth.Mfa;

/// <summary>Lets an account's owner in once when their authenticator is lost. 80 random bits, of which the hash is kept: there is nothing to stretch.</summary>
internal sealed class RecoveryCode
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public User? User { get; init; }
}

internal sealed class RecoveryCodeMapping : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("recovery_codes");
        code.HasIndex(c => new { c.UserId, c.CodeHash }).IsUnique();
        code.Property(c => c.UsedAt).IsConcurrencyToken();
        code.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
