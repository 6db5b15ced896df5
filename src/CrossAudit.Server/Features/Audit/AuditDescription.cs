using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Audit;

/// <summary>What the API description says of the audit trail.</summary>
internal static class AuditDescription
{
    private const string Hash = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";
    private const string Key = "audit.example.com/019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f+8f0c2b1d+AZ3kAGt0cFJ3q0l3wEy1S1b7XlT1n5i0Q3yq1dYcWm1v";
    private const string Note = $"audit.example.com/019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f\n43\n{Hash}\n\n— audit.example.com/019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f jwwrHd…\n";

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
        },
        new CheckpointView { Checkpoint = Note, TreeSize = 43, RootHash = Hash, PublicKey = Key },
        new ProofView
        {
            LogIndex = 42,
            TreeSize = 43,
            LeafHash = Hash,
            Hashes = [Hash],
            Checkpoint = Note,
            PublicKey = Key,
            Entry = "eyJhY3Rpb24iOiJkb2N1bWVudC51cGRhdGVkIn0=",
            Salt = Hash,
            Details = new() { ["actor_label"] = "ada@example.com", ["changes"] = null, ["ip_address"] = "192.0.2.7", ["metadata"] = null, ["user_agent"] = "crossaudit-client/1.0" },
        },
        Envelope.Of<IReadOnlyList<string>>([AuditActions.DocumentCreated, AuditActions.DocumentUpdated]),
        new AuditStatisticsView
        {
            Days = 1,
            Total = 43,
            ByDay = [new DayCount { Date = new(2026, 1, 31), Count = 43 }],
            ByAction = [new ValueCount { Value = AuditActions.DocumentUpdated, Count = 43 }],
            ByActor = [new ValueCount { Value = "019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f", Count = 43 }],
            ByOutcome = [new ValueCount { Value = "success", Count = 43 }],
            BySeverity = [new ValueCount { Value = "info", Count = 43 }],
        },
        new AnomaliesView
        {
            Days = 7,
            IsComplete = true,
            Anomalies =
            [
                new AnomalyView
                {
                    Rule = "mass_download",
                    Explanation = "137 different documents downloaded; 100 within 60 minutes are worth a look.",
                    UserId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
                    StartedAt = new(2026, 1, 31, 2, 0, 0, TimeSpan.Zero),
                    EndedAt = new(2026, 1, 31, 2, 41, 0, TimeSpan.Zero),
                    Count = 137,
                    EventIds = [new("019a4c23-8e9f-7a0b-9c1d-2e3f4a5b6c7d")],
                },
            ],
        },
        new CreateReportRequest { Framework = "soc2", StartDate = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), EndDate = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) },
        new ReportView
        {
            Id = new("019a4c25-2b3c-7d4e-8f5a-6b7c8d9e0f1a"),
            Framework = "soc2",
            StartDate = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            EndDate = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
            Status = "pending",
            Progress = 0,
            RequestedBy = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
            CreatedAt = new(2026, 2, 1, 8, 0, 0, TimeSpan.Zero),
        },
        new SetTrailRetentionRequest { Preset = "soc2", Days = 400, Reason = "Decided by the board" },
        new TrailRetentionView { Preset = "soc2", Days = 400, MinimumDays = 365, LegalHold = false, KeptFrom = 0 },
        new CreateErasureRequest { UserId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e60"), Reason = "Request 2026-17, article 17 GDPR" },
        new ErasureView
        {
            Id = new("019a4c24-1a2b-7c3d-8e4f-5a6b7c8d9e0f"),
            UserId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e60"),
            Reason = "Request 2026-17, article 17 GDPR",
            RequestedBy = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
            Status = "pending",
            ErasedEvents = 0,
            CreatedAt = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero),
        },
        new ConsistencyView { From = 40, To = 43, Hashes = [Hash] },
        new VerificationView
        {
            Holds = false,
            TreeSize = 43,
            CheckedEvents = 43,
            ErasedEvents = 0,
            RemovedEvents = 0,
            UnsealedEvents = 1,
            Problems = [new VerificationProblem { Code = "event_altered", Sequence = 17, EventId = new("019a4c23-8e9f-7a0b-9c1d-2e3f4a5b6c7e"), Message = "The event's row says something else than the entry that was sealed." }],
            Checkpoint = Note,
            VerifiedAt = new(2026, 1, 31, 9, 6, 0, TimeSpan.Zero),
        });
}
