using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>The key of an organization's files, wrapped by a master key. Deleting the row destroys every file that is encrypted with it.</summary>
internal sealed class DataKey : IOrganizationOwned
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required byte[] WrappedKey { get; init; }

    /// <summary>Which master key has wrapped it; it tells nothing about that key.</summary>
    public required string MasterKeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class DataKeyMapping : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> key)
    {
        key.ToTable("data_keys");
        key.HasIndex(k => k.OrganizationId).IsUnique();
        key.HasIndex(k => k.MasterKeyId);
    }
}
