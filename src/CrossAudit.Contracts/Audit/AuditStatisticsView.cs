namespace CrossAudit.Contracts.Audit;

/// <summary>How much was done in some days, and what.</summary>
public sealed record AuditStatisticsView
{
    /// <summary>The days that were counted, today (UTC) included.</summary>
    public required int Days { get; init; }

    /// <summary>Events in all of them.</summary>
    public required long Total { get; init; }

    /// <summary>Events of each day, the first day first; days without any are there too.</summary>
    public required IReadOnlyList<DayCount> ByDay { get; init; }

    /// <summary>Events of each action, the most frequent first.</summary>
    public required IReadOnlyList<ValueCount> ByAction { get; init; }

    /// <summary>Events of each account, the busiest first; the first 100.</summary>
    public required IReadOnlyList<ValueCount> ByActor { get; init; }

    /// <summary>Events by how they ended.</summary>
    public required IReadOnlyList<ValueCount> ByOutcome { get; init; }

    /// <summary>Events by how much they matter.</summary>
    public required IReadOnlyList<ValueCount> BySeverity { get; init; }
}

/// <summary>Events of a day.</summary>
public sealed record DayCount
{
    /// <summary>The day (UTC).</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }
}

/// <summary>Events that have something in common.</summary>
public sealed record ValueCount
{
    /// <summary>What: the action, the account's id, the outcome or the severity.</summary>
    public required string Value { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }
}
