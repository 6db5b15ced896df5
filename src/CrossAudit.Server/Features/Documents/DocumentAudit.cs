using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Documents.Findings;

namespace CrossAudit.Server.Features.Documents;

/// <summary>What the trail says of documents: names, labels and hashes, never content.</summary>
internal static class DocumentAudit
{
    public static AuditEntry Created(Document document) => AuditEntry.On(AuditActions.DocumentCreated, "document", document.Id) with
    {
        Sensitivity = document.SensitivityLevel,
        Metadata = new() { ["title"] = document.Title, ["document_type"] = document.DocumentType, ["sensitivity_level"] = Name(document.SensitivityLevel), ["department_id"] = document.DepartmentId?.ToString() },
    };

    public static AuditEntry VersionAdded(Document document, DocumentVersion version) => AuditEntry.On(AuditActions.DocumentVersionAdded, "document", document.Id) with
    {
        Sensitivity = document.SensitivityLevel,
        Metadata = new()
        {
            ["version_number"] = version.Number,
            ["filename"] = version.Filename,
            ["content_hash"] = version.ContentHash,
            ["file_size"] = version.FileSize,
            ["mime_type"] = version.MimeType,
        },
    };

    public static AuditEntry VersionRestored(Document document, DocumentVersion old, DocumentVersion version) => AuditEntry.On(AuditActions.DocumentVersionRestored, "document", document.Id) with
    {
        Sensitivity = document.SensitivityLevel,
        Metadata = new() { ["from_version"] = old.Number, ["version_number"] = version.Number, ["filename"] = version.Filename, ["content_hash"] = version.ContentHash },
    };

    public static AuditEntry Indexed(DocumentVersion version, int fragments, FoundData found) => AuditEntry.On(AuditActions.DocumentIndexed, "document", version.DocumentId) with
    {
        // How much of each kind was found says what somebody below the label may not know.
        Sensitivity = version.Document.SensitivityLevel,
        Metadata = new() { ["version_number"] = version.Number, ["fragments"] = fragments, ["findings"] = JsonSerializer.SerializeToNode(found.Counts, CrossAuditJson.Options) },
    };

    public static AuditEntry IndexingFailed(DocumentVersion version, DocumentStatus status, string reason) => AuditEntry.On(AuditActions.DocumentIndexingFailed, "document", version.DocumentId) with
    {
        Outcome = AuditOutcome.Failure,
        Severity = AuditSeverity.Notice,
        Metadata = new() { ["version_number"] = version.Number, ["status"] = status.ToString().ToLowerInvariant(), ["reason"] = reason },
    };

    public static AuditEntry Downloaded(DocumentVersion version) => AuditEntry.On(AuditActions.DocumentDownloaded, "document", version.DocumentId) with
    {
        Sensitivity = version.Document.SensitivityLevel,
        Metadata = new() { ["version_number"] = version.Number, ["filename"] = version.Filename },
    };

    public static AuditEntry IntegrityFailed(DocumentVersion version, string finding) => AuditEntry.On(AuditActions.DocumentIntegrityFailed, "document", version.DocumentId) with
    {
        Outcome = AuditOutcome.Failure,
        Severity = AuditSeverity.Critical,
        Sensitivity = version.Document.SensitivityLevel,
        Metadata = new() { ["version_number"] = version.Number, ["filename"] = version.Filename, ["content_hash"] = version.ContentHash, ["finding"] = finding },
    };

    public static AuditEntry Searched(SearchRequest request, int hits, SensitivityLevel clearance) => new(AuditActions.DocumentSearched)
    {
        ResourceType = "document",
        // What somebody looks for says what they know of.
        Sensitivity = clearance,
        Metadata = new() { ["query"] = request.Query, ["mode"] = request.Mode, ["hits"] = hits },
    };

    public static AuditEntry ReclassifyDenied(Document document, SensitivityLevel label) => AuditEntry.On(AuditActions.PermissionDenied, "document", document.Id) with
    {
        Outcome = AuditOutcome.Denied,
        Severity = AuditSeverity.Warning,
        Metadata = new() { ["permission"] = Permissions.DocumentsReclassify, ["from"] = Name(document.SensitivityLevel), ["to"] = Name(label) },
    };

    /// <summary>Somebody would label above their own clearance.</summary>
    public static AuditEntry AboveClearance(Document? document, SensitivityLevel label) => new(AuditActions.PermissionDenied)
    {
        ResourceType = "document",
        ResourceId = document?.Id.ToString(),
        Outcome = AuditOutcome.Denied,
        Severity = AuditSeverity.Warning,
        Metadata = new() { ["reason"] = "above_clearance", ["to"] = Name(label) },
    };

    private static string Name(SensitivityLevel level) => level.ToString().ToLowerInvariant();
}
