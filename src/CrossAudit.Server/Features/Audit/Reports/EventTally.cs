using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>Counts events of one kind, and keeps the newest of them.</summary>
internal sealed class EventTally
{
    private const int MostShown = 500;

    private readonly Dictionary<string, long> _actions = new(StringComparer.Ordinal);
    private readonly Queue<ReportEvent> _newest = new();

    /// <summary>Takes the event that follows.</summary>
    public void Add(AuditEvent e)
    {
        _actions[e.Action] = _actions.GetValueOrDefault(e.Action) + 1;
        _newest.Enqueue(new ReportEvent
        {
            Id = e.Id,
            Sequence = e.Sequence,
            CreatedAt = e.CreatedAt,
            Action = e.Action,
            Outcome = e.Outcome,
            Actor = e.ActorLabel,
            Resource = e.ResourceType is null ? null : $"{e.ResourceType} {e.ResourceId}".TrimEnd(),
        });
        if (_newest.Count > MostShown)
            _newest.Dequeue();
    }

    public EventSection ToSection() => new()
    {
        Total = _actions.Values.Sum(),
        ByAction = [.. _actions.OrderByDescending(action => action.Value).ThenBy(action => action.Key, StringComparer.Ordinal).Select(action => new ValueCount { Value = action.Key, Count = action.Value })],
        Events = [.. _newest.Reverse()],
    };
}
