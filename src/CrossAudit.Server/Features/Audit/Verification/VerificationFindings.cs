using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Server.Features.Audit.Verification;

/// <summary>What a verification has found so far.</summary>
internal sealed class VerificationFindings
{
    private const int MostProblems = 100;

    private readonly List<VerificationProblem> _problems = [];
    private long _erased;

    public long Checked { get; set; }

    public long Removed { get; set; }

    public bool IsFull => _problems.Count == MostProblems;

    public void Add(string code, long? sequence, Guid? id, string message)
    {
        if (!IsFull)
            _problems.Add(new VerificationProblem { Code = code, Sequence = sequence, EventId = id, Message = message });
    }

    /// <summary>An erased event keeps nothing of its personal part: half of one is an alteration.</summary>
    public void CountErased(AuditEvent e)
    {
        _erased++;
        if (e.ActorLabel is not null || e.IpAddress is not null || e.UserAgent is not null || e.Changes is not null || e.Metadata is not null)
            Add("details_altered", e.Sequence, e.Id, "The event's salt is gone and its personal part is not.");
    }

    public VerificationView ToView(AuditTree? tree, long unsealed, DateTimeOffset now) => new()
    {
        Holds = _problems.Count == 0,
        TreeSize = tree?.Size ?? 0,
        CheckedEvents = Checked,
        ErasedEvents = _erased,
        RemovedEvents = Removed,
        UnsealedEvents = unsealed,
        Problems = [.. _problems.OrderBy(problem => problem.Sequence ?? long.MaxValue)],
        Checkpoint = tree?.Checkpoint,
        VerifiedAt = now,
    };
}
