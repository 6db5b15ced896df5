using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Signing;

/// <summary>An Ed25519 key by which the server vouches for what it hands out.</summary>
internal sealed class SigningKey
{
    public required Guid Id { get; init; }

    public required byte[] PublicKey { get; init; }

    /// <summary>The private key, sealed for this row.</summary>
    public required byte[] SealedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it signs. One does; the others did.</summary>
    public required bool IsActive { get; set; }
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key)
    {
        key.ToTable("signing_keys");
        key.HasIndex(k => k.IsActive).IsUnique().HasFilter("is_active");
    }
}
