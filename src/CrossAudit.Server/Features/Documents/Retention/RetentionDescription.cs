using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Documents.Retention;

/// <summary>What the API description says of retention.</summary>
internal static class RetentionDescription
{
    private static readonly DateTimeOffset Disposed = new(2033, 3, 2, 9, 5, 0, TimeSpan.Zero);

    private static PlannedDisposalView Planned { get; } = new()
    {
        DocumentId = new("019a4c21-3e4f-7a6b-8c9d-0e1f2a3b4c5d"),
        Title = "Model risk policy",
        DocumentType = "policy",
        SensitivityLevel = SensitivityLevel.Internal,
        Next = "bin",
        DueAt = Disposed,
        RetentionSource = "document_type",
        RetentionPolicy = new RetentionPolicyView { RetentionPeriod = 2555, AutoDelete = true, StartsAt = "created_at" },
    };

    private static DisposalView Gone { get; } = new()
    {
        Id = new("019a4c21-9a8b-7c6d-8e5f-4a3b2c1d0e9f"),
        DocumentId = Planned.DocumentId,
        Title = Planned.Title,
        DocumentType = Planned.DocumentType,
        SensitivityLevel = Planned.SensitivityLevel,
        Versions = 3,
        Bytes = 144_639,
        RetentionSource = Planned.RetentionSource,
        RetainedUntil = Disposed.AddDays(-30),
        DeletedAt = Disposed.AddDays(-30),
        DisposedAt = Disposed,
    };

    public static ApiArea Area { get; } = new(
        "Retention",
        "How long documents are kept, and legal hold, which beats every deletion.",
        new SetRetentionRequest { RetentionPeriod = 3650, AutoDelete = false, StartsAt = "created_at", Reason = "Ten years by the commercial code" },
        new SetLegalHoldRequest { LegalHold = true, Reason = "Matter 2026-014" },
        new RetentionPreviewRequest { Until = Disposed.AddDays(90), Limit = 50 },
        Planned,
        Gone,
        new DisposalCertificateView
        {
            DocumentId = Gone.DocumentId,
            Certificate = "{\"deleted_at\":\"2033-01-31T09:05:00.000000Z\",…}\n\n— crossaudit.example.org ODKkVwDj…\n",
            PublicKey = "crossaudit.example.org+3832a457+AVx0…",
        });
}
