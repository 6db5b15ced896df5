using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Documents;

/// <summary>A change in a document's history.</summary>
public sealed record DocumentChangeView
{
    /// <summary>Identifies the event in the audit trail.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was done, such as <c>document.updated</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it; null for the system.</summary>
    public Guid? ActorUserId { get; init; }

    /// <summary>Values before and after: <c>{field: {from, to}}</c>.</summary>
    public JsonObject? Changes { get; init; }

    /// <summary>Further facts, such as the <c>reason</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
