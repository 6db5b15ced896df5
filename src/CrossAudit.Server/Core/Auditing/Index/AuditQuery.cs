namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>What is looked for in the trail.</summary>
/// <param name="Groups">Of each group an event has one of the terms; see <see cref="AuditTerms"/>.</param>
/// <param name="From">Events from this time on.</param>
/// <param name="Before">Events before this time.</param>
internal sealed record AuditQuery(IReadOnlyList<IReadOnlyList<string>> Groups, DateTimeOffset? From, DateTimeOffset? Before)
{
    public static AuditQuery Everything { get; } = new([], null, null);

    public bool IsEverything => Groups.Count == 0 && From is null && Before is null;

    public bool Matches(AuditEvent e)
    {
        if (!IsInTime(e))
            return false;
        if (Groups.Count == 0)
            return true;
        HashSet<string>? terms = null;
        // Most events fail at a field, and then nobody has to take their words apart.
        return Groups.All(group => group.Any(term => AuditTerms.IsOfField(e, term) ?? (terms ??= AuditTerms.Of(e)).Contains(term)));
    }

    /// <summary>Those of the events that are within the limits of time.</summary>
    public IQueryable<AuditEvent> InTime(IQueryable<AuditEvent> events)
    {
        if (From is { } from)
            events = events.Where(e => e.CreatedAt >= from);
        return Before is { } before ? events.Where(e => e.CreatedAt < before) : events;
    }

    public bool IsInTime(AuditEvent e) => (From is not { } from || e.CreatedAt >= from) && (Before is not { } before || e.CreatedAt < before);
}
