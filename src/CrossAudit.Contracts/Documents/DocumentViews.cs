using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Documents;

/// <summary>A governed document.</summary>
public sealed record DocumentView
{
    /// <summary>Identifies the document.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose document it is.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The department it belongs to, if any.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of document it is.</summary>
    public required string DocumentType { get; init; }

    /// <summary>Number of the newest version; 0 before the first upload.</summary>
    public required int CurrentVersion { get; init; }

    /// <summary>How many versions there are.</summary>
    public required int TotalVersions { get; init; }

    /// <summary>Bytes of the newest version.</summary>
    public long? FileSize { get; init; }

    /// <summary>Media type of the newest version, found from its content.</summary>
    public string? MimeType { get; init; }

    /// <summary>SHA-256 of the newest version, in hex.</summary>
    public string? Checksum { get; init; }

    /// <summary>How closely it is held.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }

    /// <summary>How long it is kept.</summary>
    public required RetentionPolicyView RetentionPolicy { get; init; }

    /// <summary>Whose policy that is: <c>document</c> for its own, else <c>document_type</c>, <c>sensitivity_level</c> or <c>organization</c>.</summary>
    public required string RetentionSource { get; init; }

    /// <summary>Until when it is kept. Before that nothing destroys it.</summary>
    public required DateTimeOffset RetainedUntil { get; init; }

    /// <summary>Whether it is under legal hold, which beats retention and deletion.</summary>
    public required bool LegalHold { get; init; }

    /// <summary>Words to find it by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How far the newest version's text is.</summary>
    public required DocumentStatus Status { get; init; }

    /// <summary>Why extraction failed or found nothing, or what of the file it could not read; null otherwise.</summary>
    public string? StatusDetail { get; init; }

    /// <summary>Who created it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>Who changed it last.</summary>
    public required Guid LastModifiedBy { get; init; }

    /// <summary>When the newest version's text could first be found.</summary>
    public DateTimeOffset? IndexedAt { get; init; }

    /// <summary>The lowest label that suits the personal and secret data found in its text; null if none was found. It is never applied by itself.</summary>
    public SensitivityLevel? SuggestedSensitivityLevel { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>How long a document is kept.</summary>
public sealed record RetentionPolicyView
{
    /// <summary>Days it is kept.</summary>
    public required int RetentionPeriod { get; init; }

    /// <summary>Whether it is disposed of by itself when the days are over.</summary>
    public required bool AutoDelete { get; init; }

    /// <summary>What the days are counted from: <c>created_at</c> or <c>updated_at</c>.</summary>
    public required string StartsAt { get; init; }
}

/// <summary>One immutable version of a document.</summary>
public sealed record VersionView
{
    /// <summary>Identifies the version.</summary>
    public required Guid Id { get; init; }

    /// <summary>The document it is a version of.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>1 for the first, without gaps.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>The document's title when the version was added.</summary>
    public required string Title { get; init; }

    /// <summary>The file's name as it was uploaded.</summary>
    public required string Filename { get; init; }

    /// <summary>SHA-256 of the bytes, in hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Bytes.</summary>
    public required long FileSize { get; init; }

    /// <summary>Media type, found from the content.</summary>
    public required string MimeType { get; init; }

    /// <summary>How it came to be: <c>initial</c>, <c>update</c> or <c>restore</c>.</summary>
    public required string ChangeType { get; init; }

    /// <summary>What changed, in the words of who uploaded it.</summary>
    public string? ChangeDescription { get; init; }

    /// <summary>Free-form facts.</summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>Who added it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>The version it follows.</summary>
    public Guid? ParentVersionId { get; init; }

    /// <summary>Whether it is the newest.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When the stored bytes were last read and found as they were uploaded; null before the first check.</summary>
    public DateTimeOffset? ContentVerifiedAt { get; init; }

    /// <summary>When the stored bytes were found to be missing or altered; null while they are sound. Uploading them again repairs them.</summary>
    public DateTimeOffset? ContentDamagedAt { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an upload stored.</summary>
public sealed record UploadView
{
    /// <summary>The document that has the content now.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The version that holds it: a new one, or the newest where its bytes are the same.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>The file's name.</summary>
    public required string Filename { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Media type, found from the content.</summary>
    public required string MimeType { get; init; }

    /// <summary>SHA-256, in hex.</summary>
    public required string Checksum { get; init; }
}
