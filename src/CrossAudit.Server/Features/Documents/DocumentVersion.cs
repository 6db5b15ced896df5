using System.Linq.Expressions;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Documents;

/// <summary>One version of a document: never changed, but for how far the extraction of its text is.</summary>
internal sealed class DocumentVersion : IOrganizationOwned, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid DocumentId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }
    public required string Filename { get; init; }

    /// <summary>SHA-256 of the bytes in hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Where the bytes are.</summary>
    public required Guid BlobId { get; init; }

    public required long FileSize { get; init; }
    public required string MimeType { get; init; }
    public required string ChangeType { get; init; }
    public string? ChangeDescription { get; init; }
    public JsonObject Metadata { get; init; } = [];
    public Guid? ParentVersionId { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    // Extraction is due while this is set.
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }

    // Where its passages are in the search index, once they are.
    public long? IndexedText { get; set; }
    public int? IndexBucket { get; set; }

    /// <summary>The language that most of its text is in.</summary>
    public string? Language { get; set; }

    public Document Document { get; init; } = null!;
    public StoredBlob Blob { get; init; } = null!;

    public IndexPlace? Place
    {
        get => IndexedText is { } text ? new IndexPlace(text, IndexBucket!.Value) : null;
        set => (IndexedText, IndexBucket) = (value?.Text, value?.Bucket);
    }

    public static Expression<Func<DocumentVersion, VersionView>> ToView { get; } = v => new VersionView
    {
        Id = v.Id,
        DocumentId = v.DocumentId,
        VersionNumber = v.Number,
        Title = v.Title,
        Filename = v.Filename,
        ContentHash = v.ContentHash,
        FileSize = v.FileSize,
        MimeType = v.MimeType,
        ChangeType = v.ChangeType,
        ChangeDescription = v.ChangeDescription,
        Metadata = v.Metadata,
        CreatedBy = v.CreatedBy,
        ParentVersionId = v.ParentVersionId,
        IsActive = v.Number == v.Document.CurrentVersion,
        ContentVerifiedAt = v.Blob.VerifiedAt,
        ContentDamagedAt = v.Blob.DamagedAt,
        CreatedAt = v.CreatedAt,
    };
}

internal sealed class DocumentVersionMapping : IEntityTypeConfiguration<DocumentVersion>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<DocumentVersion> version)
    {
        version.ToTable("document_versions");
        version.Ignore(v => v.Place);
        version.HasIndex(v => new { v.DocumentId, v.Number }).IsUnique();
        version.HasIndex(v => v.DueAt).HasFilter("due_at IS NOT NULL");
        version.Property(v => v.Attempts).IsConcurrencyToken();
        // The last word on whether bytes may be collected: the database lets no blob go that a version refers to.
        version.HasOne(v => v.Blob).WithMany().HasForeignKey(v => v.BlobId).OnDelete(DeleteBehavior.Restrict);
    }

    // A version is as visible as its document.
    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<DocumentVersion>()
        .HasQueryFilter(Filters.Deleted, v => v.Document.DeletedAt == null)
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<DocumentVersion>(() => db.DocumentReach, v => v.Document.DepartmentId, v => v.Document.SensitivityLevel));
}
