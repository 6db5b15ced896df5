using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Retention;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Documents;

/// <summary>A governed document: its metadata, and a line of immutable versions.</summary>
internal sealed class Document : IDepartmental, ISoftDeleted, IRevised, ITimeOrdered, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>The department it belongs to; null for the organization at large.</summary>
    public Guid? DepartmentId { get; set; }

    public required string Title { get; set; }
    public string? Description { get; set; }
    public required string DocumentType { get; set; }
    public required SensitivityLevel SensitivityLevel { get; set; }
    public List<string> Tags { get; set; } = [];

    /// <summary>Days it is kept; the default is seven years.</summary>
    public int RetentionDays { get; set; } = 2555;

    public bool RetentionAutoDelete { get; set; }

    /// <summary><c>created_at</c> or <c>updated_at</c>.</summary>
    public string RetentionStartsAt { get; set; } = "created_at";

    /// <summary>Whose policy that is: see <see cref="RetentionSources"/>.</summary>
    public string RetentionSource { get; set; } = RetentionSources.Organization;

    /// <summary>Until when it is kept.</summary>
    public DateTimeOffset RetainedUntil { get; set; }

    public bool LegalHold { get; set; }

    /// <summary>Before that it is not disposed of, whatever its retention: it is in the bin, or was taken back from it. Null where neither is so.</summary>
    public DateTimeOffset? GraceUntil { get; set; }

    /// <summary>Who moved it to the bin; null where its retention did.</summary>
    public Guid? DeletedBy { get; set; }

    // When disposal is due: to the bin, or out of it. Null while nothing disposes of it.
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Number of the newest version, which is also how many there are; 0 before the first.</summary>
    public int CurrentVersion { get; set; }

    /// <summary>Number of the version that search finds: the newest one whose extraction has ended, so that there is no gap while the next is pending.</summary>
    public int SearchedVersion { get; set; }

    // Of the newest version, so that lists need no join.
    public long? FileSize { get; set; }
    public string? MimeType { get; set; }
    public string? Checksum { get; set; }
    public DocumentStatus Status { get; set; } = DocumentStatus.Empty;
    public string? StatusDetail { get; set; }
    public DateTimeOffset? IndexedAt { get; set; }

    /// <summary>The lowest label that suits what was found in the text of the version that search finds; null if nothing was. Nobody is bound by it.</summary>
    public SensitivityLevel? SuggestedSensitivityLevel { get; set; }

    public required Guid CreatedBy { get; init; }
    public required Guid LastModifiedBy { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public int Revision { get; set; }

    public List<DocumentVersion> Versions { get; } = [];

    /// <summary>Makes stored bytes the newest version; its text is pending.</summary>
    public DocumentVersion AddVersion(StoredFile file, string? changeDescription, Guid? parentId, Guid by, DateTimeOffset now) =>
        AddVersion(file, CurrentVersion == 0 ? "initial" : "update", changeDescription, parentId, by, now);

    /// <summary>Makes an old version's bytes the newest version.</summary>
    public DocumentVersion Restore(DocumentVersion old, Guid by, DateTimeOffset now) =>
        AddVersion(new StoredFile(old.Filename, old.MimeType, old.FileSize, old.ContentHash, old.BlobId), "restore", $"Version {old.Number} restored", old.Id, by, now);

    private DocumentVersion AddVersion(StoredFile file, string changeType, string? changeDescription, Guid? parentId, Guid by, DateTimeOffset now)
    {
        var version = new DocumentVersion
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = OrganizationId,
            DocumentId = Id,
            Number = ++CurrentVersion,
            Title = Title,
            Filename = file.Filename,
            ContentHash = file.Sha256,
            BlobId = file.BlobId,
            FileSize = file.Size,
            MimeType = file.MimeType,
            ChangeType = changeType,
            ChangeDescription = changeDescription,
            ParentVersionId = parentId,
            CreatedBy = by,
            CreatedAt = now,
            DueAt = now,
        };
        (FileSize, MimeType, Checksum) = (file.Size, file.MimeType, file.Sha256);
        (Status, StatusDetail, IndexedAt) = (DocumentStatus.Pending, "Waits for its text to be read.", null);
        Touch(by, now);
        Versions.Add(version);
        return version;
    }

    public void Touch(Guid by, DateTimeOffset now)
    {
        (LastModifiedBy, UpdatedAt) = (by, now);
        Schedule();
    }

    /// <summary>Puts it under a policy.</summary>
    public void Retain(RetentionPolicyView policy, string source)
    {
        (RetentionDays, RetentionAutoDelete, RetentionStartsAt, RetentionSource) = (policy.RetentionPeriod, policy.AutoDelete, policy.StartsAt, source);
        Schedule();
    }

    /// <summary>Works out anew until when it is kept, and when it is disposed of.</summary>
    public void Schedule()
    {
        RetainedUntil = (RetentionStartsAt == "updated_at" ? UpdatedAt : CreatedAt).AddDays(RetentionDays);
        DueAt = LegalHold || (DeletedAt is null && !RetentionAutoDelete) ? null : GraceUntil > RetainedUntil ? GraceUntil : RetainedUntil;
    }
}

/// <summary>A file whose bytes are stored.</summary>
internal sealed record StoredFile(string Filename, string MimeType, long Size, string Sha256, Guid BlobId);

internal sealed class DocumentMapping : IEntityTypeConfiguration<Document>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<Document> document)
    {
        document.ToTable("documents");
        document.HasIndex(d => new { d.OrganizationId, d.CreatedAt, d.Id });
        document.HasIndex(d => d.DueAt).HasFilter("due_at IS NOT NULL");
        document.HasMany(d => d.Versions).WithOne(v => v.Document).HasForeignKey(v => v.DocumentId);
        document.HasOne<Department>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.DepartmentId }).HasPrincipalKey(d => new { d.OrganizationId, d.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<Document>()
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<Document>(() => db.DocumentReach, d => d.DepartmentId, d => d.SensitivityLevel));
}
