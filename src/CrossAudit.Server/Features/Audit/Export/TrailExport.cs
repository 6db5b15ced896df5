using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>Reads the sealed events of the organization for an export, in the order of the log, a part at a time.</summary>
internal sealed class TrailExport(AppDbContext db, AuditSearch search, TreeReader trees)
{
    private const int PartSize = 1000;

    /// <summary>The tree that the export is of: what is sealed later is not in it. Null before the first event is sealed.</summary>
    public Task<AuditTree?> TreeAsync(CancellationToken stop) => trees.FindAsync(stop);

    /// <summary>The events that match, in parts. Between two parts nothing is held open, however slow the reader is.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="filter">What the export is narrowed to.</param>
    /// <param name="after">The number of the last event that is known already; null for all.</param>
    /// <param name="stop">Stops it.</param>
    public async IAsyncEnumerable<List<AuditEvent>> ReadAsync(AuditTree tree, AuditFilter filter, long? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (filter.ToQuery(db.Clearance) is not { } query)
            yield break;
        await foreach (var part in search.OldestFirstAsync(query, after ?? -1, stop).TakeWhile(e => e.Sequence < tree.Size).Chunk(PartSize).WithCancellation(stop))
            yield return [.. part];
    }

    /// <summary>The inclusion paths of these events. It costs one query for all of them.</summary>
    public async Task<List<List<byte[]>>> PathsAsync(AuditTree tree, List<AuditEvent> events, CancellationToken stop)
    {
        var plans = events.ConvertAll(e => ProofPlan.Inclusion(e.Sequence!.Value, tree.Size));
        var roots = await trees.RootsAsync(tree, [.. plans.SelectMany(plan => plan)], stop);
        var taken = 0;
        return plans.ConvertAll(plan =>
        {
            var path = roots.GetRange(taken, plan.Count);
            taken += plan.Count;
            return path;
        });
    }
}
