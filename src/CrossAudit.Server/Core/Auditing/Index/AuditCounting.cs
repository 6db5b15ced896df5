using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>Counts the events that match, without reading them: by the index, block by block, and one by one only those that it does not have yet, or whose block lies across a limit of time.</summary>
internal sealed class AuditCounting(AppDbContext db, TermIndex index, AuditSearch search)
{
    public async Task<long> CountAsync(AuditQuery query, TrailExtent trail, CancellationToken stop) => query.IsEverything
        ? trail.Count
        : await search.YoungAsync(trail, stop).LongCountAsync(query.Matches, stop) + await IndexedAsync(query, trail.KeptFrom, trail.IndexedTo, stop);

    private async Task<long> IndexedAsync(AuditQuery query, long from, long to, CancellationToken stop)
    {
        if (to <= from)
            return 0;
        var (count, across) = (0L, new List<long>());
        var blocks = await BlocksAsync(query, from / NumberSet.BlockSize, (to - 1) / NumberSet.BlockSize, stop);
        await foreach (var (block, numbers) in index.FindAsync(db.OrganizationId, query.Groups, [.. blocks.Keys.Order()], stop))
        {
            var sequences = numbers.Ascending().Select(number => (block * NumberSet.BlockSize) + number).Where(sequence => sequence >= from && sequence < to);
            if (blocks[block])
                count += block * NumberSet.BlockSize >= from && (block + 1) * NumberSet.BlockSize <= to ? numbers.Count : sequences.LongCount();
            else
                across.AddRange(sequences);
        }
        foreach (var part in across.Chunk(NumberSet.BlockSize))
        {
            var sequences = part.ToList();
            count += await query.InTime(db.Set<AuditEvent>().Where(e => EF.Parameter(sequences).Contains(e.Sequence!.Value))).LongCountAsync(stop);
        }
        return count;
    }

    // The blocks to look at, and whether all of one lies within the limits of time.
    private async Task<Dictionary<long, bool>> BlocksAsync(AuditQuery query, long first, long last, CancellationToken stop)
    {
        if (query is { From: null, Before: null })
            return Enumerable.Range(0, (int)(last - first + 1)).ToDictionary(i => first + i, _ => true);
        var (from, before) = (query.From ?? DateTimeOffset.MinValue, query.Before ?? DateTimeOffset.MaxValue);
        var blocks = await db.Set<AuditBlock>().AsNoTracking().Where(b => b.Block >= first && b.Block <= last).Select(b => new { b.Block, b.FirstAt, b.LastAt }).ToListAsync(stop);
        return blocks.Where(b => b.LastAt >= from && b.FirstAt < before).ToDictionary(b => b.Block, b => b.FirstAt >= from && b.LastAt < before);
    }
}
