using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>
/// Makes sealed events searchable, some hundred at a time, after they are sealed. What is not indexed yet is looked through event by event, so nobody has to wait for this; and nothing in the index
/// is evidence.
/// </summary>
internal sealed class AuditIndexing(AppDbContext db, TermIndex index, TimeProvider clock)
{
    /// <summary>Who has it changes the index, and nobody else does.</summary>
    public const long Lock = 0x0A0D_171D;

    private const int Enough = 512;
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(4);

    /// <summary>Indexes the next events of one tree.</summary>
    /// <returns>False if there is nothing to index, or another node is at it.</returns>
    public async Task<bool> IndexAsync(CancellationToken stop) =>
        await Ripe().AnyAsync(stop) && await db.WriteAsync(() => IndexLockedAsync(stop), stop);

    // Many at a time, or what has come to rest: to put few into the index costs nearly as much as to put in many.
    private IQueryable<AuditTree> Ripe()
    {
        var quiet = clock.GetUtcNow() - AtRest;
        return db.Set<AuditTree>().AsNoTracking().Where(tree => tree.IndexedTo < tree.Size && (tree.Size - tree.IndexedTo >= Enough || tree.SealedAt < quiet));
    }

    private async Task<bool> IndexLockedAsync(CancellationToken stop)
    {
        if (!await db.TryLockAsync(Lock, stop) || await Ripe().OrderBy(tree => tree.SealedAt).Select(tree => new { tree.OrganizationId, tree.IndexedTo, tree.Size }).FirstOrDefaultAsync(stop) is not { } tree)
            return false;
        var (block, from) = (tree.IndexedTo / NumberSet.BlockSize, tree.IndexedTo);
        // Not the whole block at once: on SQLite everybody who writes waits meanwhile.
        var to = Math.Min(Math.Min(tree.Size, from + Enough), (block + 1) * NumberSet.BlockSize);
        var organization = tree.OrganizationId == Guid.Empty ? (Guid?)null : tree.OrganizationId;
        var events = await db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.OrganizationId == organization && e.Sequence >= from && e.Sequence < to).ToListAsync(stop);
        if (events.Count > 0)
        {
            await index.AddAsync(tree.OrganizationId, block, Terms(events, AuditTerms.Of), stop);
            await CountAsync(tree.OrganizationId, block, events, stop);
        }
        await db.Set<AuditTree>().Where(t => t.OrganizationId == tree.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(t => t.IndexedTo, to), stop);
        return true;
    }

    /// <summary>By term the places of the events, all of one block, that have it.</summary>
    public static Dictionary<string, NumberSet> Terms(List<AuditEvent> events, Func<AuditEvent, HashSet<string>> termsOf)
    {
        var terms = new Dictionary<string, NumberSet>(StringComparer.Ordinal);
        foreach (var e in events)
            foreach (var term in termsOf(e))
            {
                if (!terms.TryGetValue(term, out var numbers))
                    terms[term] = numbers = new NumberSet();
                numbers.Add((int)(e.Sequence!.Value % NumberSet.BlockSize));
            }
        return terms;
    }

    private async Task CountAsync(Guid organization, long block, List<AuditEvent> events, CancellationToken stop)
    {
        var row = await db.Set<AuditBlock>().IgnoreQueryFilters().SingleOrDefaultAsync(b => b.OrganizationId == organization && b.Block == block, stop);
        var counts = row is null ? new EventCounts() : EventCounts.Of(row.Counts);
        events.ForEach(counts.Add);
        var (first, last) = (events.Min(e => e.CreatedAt), events.Max(e => e.CreatedAt));
        if (row is null)
            db.Add(new AuditBlock { OrganizationId = organization, Block = block, FirstAt = first, LastAt = last, Counts = counts.ToJson() });
        else
            (row.FirstAt, row.LastAt, row.Counts) = (first < row.FirstAt ? first : row.FirstAt, last > row.LastAt ? last : row.LastAt, counts.ToJson());
        await db.SaveChangesAsync(stop);
    }
}
