using CrossAudit.Server.Platform.Blobs.Encryption;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>
/// What is known of a blob. The row is written before the bytes are, so that no bytes are ever stored that nobody knows of; whatever refers to
/// a blob does so by its id, and the database lets no such row go.
/// </summary>
internal sealed class StoredBlob : IOrganizationOwned, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of the bytes in hex, before they were encrypted. The same bytes are kept once in an organization.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes, before they were encrypted.</summary>
    public required long Size { get; init; }

    /// <summary>Its name in the store. It is used once, so that what is deleted under one name is never what was stored since.</summary>
    public required string Location { get; set; }

    /// <summary>The <see cref="DataKey"/> it is encrypted with; null where it is stored as it is. No foreign key: the key is destroyed first.</summary>
    public Guid? KeyId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its bytes were known to be in the store; null while they are on their way.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>Until then somebody may be about to refer to it. After that it is collected if nobody does.</summary>
    public required DateTimeOffset ReservedUntil { get; set; }

    /// <summary>When it was last read and found as it was stored.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>When it was found to be missing or altered; null while it is sound.</summary>
    public DateTimeOffset? DamagedAt { get; set; }

    // When it is looked at next.
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>How many bytes it takes in the store.</summary>
    public long StoredLength => KeyId is null ? Size : BlobCipher.LengthOf(Size);
}

internal sealed class StoredBlobMapping : IEntityTypeConfiguration<StoredBlob>
{
    public void Configure(EntityTypeBuilder<StoredBlob> blob)
    {
        blob.ToTable("stored_blobs");
        blob.HasIndex(b => new { b.OrganizationId, b.Sha256 }).IsUnique().HasFilter("stored_at IS NOT NULL");
        blob.HasIndex(b => b.DueAt).HasFilter("due_at IS NOT NULL");
        blob.Property(b => b.Attempts).IsConcurrencyToken();
        // What was found out of bytes at one place says nothing of those at another.
        blob.Property(b => b.Location).IsConcurrencyToken();
    }
}
