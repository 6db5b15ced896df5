using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Documents.Retention;

/// <summary>What the API description says of retention.</summary>
internal static class RetentionDescription
{
    public static ApiArea Area { get; } = new(
        "Retention",
        "How long documents are kept, and legal hold, which beats every deletion.",
        new SetRetentionRequest { RetentionPeriod = 3650, AutoDelete = false, StartsAt = "created_at", Reason = "Ten years by the commercial code" },
        new SetLegalHoldRequest { LegalHold = true, Reason = "Matter 2026-014" });
}
