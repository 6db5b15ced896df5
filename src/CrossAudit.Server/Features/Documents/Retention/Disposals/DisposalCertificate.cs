using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Documents.Retention.Disposals;

/// <summary>What a certificate says: what was destroyed, with which hash, by which rule, when and by whom. One line of canonical JSON.</summary>
internal static class DisposalCertificate
{
    public const string Form = "crossaudit.disposal/1";

    public static string Of(Guid id, Document document, IEnumerable<DocumentVersion> versions, DateTimeOffset now) => Encoding.UTF8.GetString(CanonicalJsonWriter.Canonicalize(new JsonObject
    {
        ["form"] = Form,
        ["id"] = id.ToString(),
        ["organization_id"] = document.OrganizationId.ToString(),
        ["document"] = new JsonObject
        {
            ["id"] = document.Id.ToString(),
            ["title"] = document.Title,
            ["document_type"] = document.DocumentType,
            ["sensitivity_level"] = document.SensitivityLevel.ToString().ToLowerInvariant(),
            ["department_id"] = document.DepartmentId?.ToString(),
            ["created_at"] = TimestampConverter.ToText(document.CreatedAt),
            ["created_by"] = document.CreatedBy.ToString(),
        },
        ["versions"] = new JsonArray([.. versions.Select(Version)]),
        ["rule"] = new JsonObject
        {
            ["source"] = document.RetentionSource,
            ["retention_period"] = document.RetentionDays,
            ["auto_delete"] = document.RetentionAutoDelete,
            ["starts_at"] = document.RetentionStartsAt,
            ["retained_until"] = TimestampConverter.ToText(document.RetainedUntil),
        },
        ["deleted_at"] = TimestampConverter.ToText(document.DeletedAt!.Value),
        ["deleted_by"] = document.DeletedBy?.ToString() ?? "retention",
        ["disposed_at"] = TimestampConverter.ToText(now),
        ["disposed_by"] = "system",
    })) + "\n";

    private static JsonObject Version(DocumentVersion version) => new()
    {
        ["version_number"] = version.Number,
        ["content_hash"] = version.ContentHash,
        ["file_size"] = version.FileSize,
        ["mime_type"] = version.MimeType,
        ["created_at"] = TimestampConverter.ToText(version.CreatedAt),
        ["created_by"] = version.CreatedBy.ToString(),
    };
}
