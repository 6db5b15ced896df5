using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Audit;

/// <summary>What the API description says of the audit trail.</summary>
internal static class AuditDescription
{
    public static ApiArea Area { get; } = new(
        "Audit",
        "The trail of who did what. Events are only ever added; reading them is an event of its own.",
        new AuditLogView
        {
            Id = new("019a4c23-8e9f-7a0b-9c1d-2e3f4a5b6c7d"),
            OrganizationId = new("019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f"),
            ActorUserId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
            ActorType = "user",
            ActorLabel = "ada@example.com",
            Action = AuditActions.DocumentUpdated,
            ResourceType = "document",
            ResourceId = "019a4c21-3e4f-7a6b-8c9d-0e1f2a3b4c5d",
            Changes = new() { ["sensitivity_level"] = new JsonObject { ["from"] = "internal", ["to"] = "confidential" } },
            IpAddress = "192.0.2.7",
            UserAgent = "crossaudit-client/1.0",
            SessionId = new("019a4c1e-9f00-7b1c-8d2e-3f4a5b6c7d8e"),
            CorrelationId = "4bf92f3577b34da6a3ce929d0e0e4736",
            Severity = "info",
            Outcome = "success",
            CreatedAt = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero),
            Sequence = 42,
        });
}
