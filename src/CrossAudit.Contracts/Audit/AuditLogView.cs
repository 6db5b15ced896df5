using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Audit;

/// <summary>One event of the audit trail: who did what to which, and how it ended.</summary>
public sealed record AuditLogView
{
    /// <summary>Identifies the event.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose trail it stands in.</summary>
    public required Guid? OrganizationId { get; init; }

    /// <summary>The account that acted; null for the system and for people not signed in.</summary>
    public Guid? ActorUserId { get; init; }

    /// <summary>What acted: <c>user</c>, <c>api_key</c>, <c>system</c> or <c>anonymous</c>.</summary>
    public required string ActorType { get; init; }

    /// <summary>Who acted, as a person reads it; null once erased.</summary>
    public string? ActorLabel { get; init; }

    /// <summary>What was done: <c>resource.verb</c> in the past tense.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing it was done to.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Which one.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The account it was done to, where that is someone else.</summary>
    public Guid? TargetUserId { get; init; }

    /// <summary>Values before and after: <c>{field: {from, to}}</c>; never a secret. Null once erased.</summary>
    public JsonObject? Changes { get; init; }

    /// <summary>Further facts; null once erased.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The address it came from; null once erased.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The program it came from; null once erased.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The session it was done in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The trace id that log lines, problem details and response headers carry too.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How much it matters: <c>info</c>, <c>notice</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>How it ended: <c>success</c>, <c>denied</c> or <c>failure</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its place in the organization's sealed log; null until sealed.</summary>
    public long? Sequence { get; init; }
}
