namespace CrossAudit.Contracts.Audit;

/// <summary>What in the trail of some days is worth a look. None of it proves that something is wrong.</summary>
public sealed record AnomaliesView
{
    /// <summary>How many days, today (UTC) included.</summary>
    public required int Days { get; init; }

    /// <summary>False if there was more than is looked at in one request: the oldest part was left out.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What was found, the newest first.</summary>
    public required IReadOnlyList<AnomalyView> Anomalies { get; init; }
}

/// <summary>Something worth a look.</summary>
public sealed record AnomalyView
{
    /// <summary>The rule that it was found by: <c>denial_burst</c>, <c>new_address_block</c>, <c>mass_download</c> or <c>privilege_growth</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Why the rule holds here, with the figures.</summary>
    public required string Explanation { get; init; }

    /// <summary>The account that it is about; null for people not signed in.</summary>
    public Guid? UserId { get; init; }

    /// <summary>When the first of its events was.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last of its events was.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How many: denials, documents, roles or sign-ins, as the rule counts.</summary>
    public required long Count { get; init; }

    /// <summary>Its events, the oldest first; the first 20.</summary>
    public required IReadOnlyList<Guid> EventIds { get; init; }
}
