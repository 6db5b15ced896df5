using System.Linq.Expressions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>
/// Finds events of the organization, in the order of the log: those that are not sealed yet come after all others. Most are found through the index; the few that it does not have yet
/// are looked at one by one.
/// </summary>
internal sealed class AuditSearch(AppDbContext db, TermIndex index)
{
    private const int PartSize = 250;

    // All but what the tree is made of, which nobody reads in a list and which is half of a row.
    private static readonly Expression<Func<AuditEvent, AuditEvent>> WithoutCommitment = e => new AuditEvent
    {
        Id = e.Id,
        OrganizationId = e.OrganizationId,
        ActorUserId = e.ActorUserId,
        ActorType = e.ActorType,
        ActorLabel = e.ActorLabel,
        Action = e.Action,
        ResourceType = e.ResourceType,
        ResourceId = e.ResourceId,
        TargetUserId = e.TargetUserId,
        SessionId = e.SessionId,
        CorrelationId = e.CorrelationId,
        Severity = e.Severity,
        Outcome = e.Outcome,
        CreatedAt = e.CreatedAt,
        Sensitivity = e.Sensitivity,
        Sequence = e.Sequence,
        IpAddress = e.IpAddress,
        UserAgent = e.UserAgent,
        Changes = e.Changes,
        Metadata = e.Metadata,
    };

    private IQueryable<AuditEvent> Events => db.Set<AuditEvent>().AsNoTracking();

    /// <summary>The events that match, newest first, as they are read; without entry, salt and hash.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="before">The event before which to go on; null for the newest.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="part">How many are read at a time: as many as are wanted, where that is known.</param>
    /// <param name="trail">How far the trail reaches, where that was read already.</param>
    public async IAsyncEnumerable<AuditEvent> NewestFirstAsync(AuditQuery query, AuditEvent? before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop, int part = PartSize, TrailExtent? trail = null)
    {
        trail ??= await TrailExtent.ReadAsync(db, stop);
        // Who wants all events needs no index to find them.
        var indexed = query.IsEverything ? trail.KeptFrom : trail.IndexedTo;
        // An event may be sealed between two of these readings, and then is met twice.
        var seen = new HashSet<Guid>();
        if (before is null ? trail.Unsealed > 0 : before.Sequence is null)
            await foreach (var e in InPartsAsync(last => Unsealed(last ?? before).OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).Select(WithoutCommitment), part, stop))
                if (seen.Add(e.Id) && query.Matches(e))
                    yield return e;
        await foreach (var e in InPartsAsync(last => SealedBefore(last ?? before, indexed).OrderByDescending(e => e.Sequence).Select(WithoutCommitment), part, stop))
            if (!seen.Contains(e.Id) && query.Matches(e))
                yield return e;
        if (query.IsEverything)
            yield break;
        await foreach (var e in IndexedAsync(query, trail.KeptFrom, Math.Min(indexed, before?.Sequence ?? long.MaxValue), newestFirst: true, part, stop))
            yield return e;
    }

    /// <summary>The events that match, oldest first, as they are read.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="after">The sequence behind which to begin; -1 for the first.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="trail">How far the trail reaches, where that was read already.</param>
    public async IAsyncEnumerable<AuditEvent> OldestFirstAsync(AuditQuery query, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop, TrailExtent? trail = null)
    {
        trail ??= await TrailExtent.ReadAsync(db, stop);
        var indexed = query.IsEverything ? 0 : trail.IndexedTo;
        await foreach (var e in IndexedAsync(query, Math.Max(after + 1, trail.KeptFrom), indexed, newestFirst: false, PartSize, stop))
            yield return e;
        var sealedTo = Math.Max(after, indexed - 1);
        await foreach (var e in SealedAsync(sealedTo, stop))
        {
            sealedTo = e.Sequence!.Value;
            if (query.Matches(e))
                yield return e;
        }
        var seen = new HashSet<Guid>();
        await foreach (var e in InPartsAsync(last => Younger(last).OrderBy(e => e.CreatedAt).ThenBy(e => e.Id), PartSize, stop))
            if (seen.Add(e.Id) && query.Matches(e))
                yield return e;
        // Sealed after the sealed were read and before the others were: found by neither.
        await foreach (var e in SealedAsync(sealedTo, stop))
            if (!seen.Contains(e.Id) && query.Matches(e))
                yield return e;
    }

    /// <summary>The events that the index does not have yet.</summary>
    public IAsyncEnumerable<AuditEvent> YoungAsync(TrailExtent trail, CancellationToken stop) => OldestFirstAsync(AuditQuery.Everything, trail.IndexedTo - 1, stop, trail);

    // Where the event was not sealed when it was read, it may be by now: the statement itself looks.
    private IQueryable<AuditEvent> SealedBefore(AuditEvent? before, long from)
    {
        var found = Events.Where(e => e.Sequence >= from);
        if (before is null)
            return found;
        return before.Sequence is { } end
            ? found.Where(e => e.Sequence < end)
            : found.Where(e => e.Sequence < (Events.Where(b => b.Id == before.Id).Select(b => b.Sequence).FirstOrDefault() ?? long.MaxValue));
    }

    private IAsyncEnumerable<AuditEvent> SealedAsync(long after, CancellationToken stop) =>
        InPartsAsync(last => Events.Where(e => e.Sequence > (last == null ? after : last.Sequence)).OrderBy(e => e.Sequence), PartSize, stop);

    private IQueryable<AuditEvent> Unsealed(AuditEvent? before)
    {
        var unsealed = Events.Where(e => e.Sequence == null);
        return before is null ? unsealed : unsealed.Where(e => e.CreatedAt < before.CreatedAt || (e.CreatedAt == before.CreatedAt && e.Id < before.Id));
    }

    private IQueryable<AuditEvent> Younger(AuditEvent? than)
    {
        var unsealed = Events.Where(e => e.Sequence == null);
        return than is null ? unsealed : unsealed.Where(e => e.CreatedAt > than.CreatedAt || (e.CreatedAt == than.CreatedAt && e.Id > than.Id));
    }

    // Between two parts nothing is held open, however slow the reader is.
    private static async IAsyncEnumerable<AuditEvent> InPartsAsync(Func<AuditEvent?, IQueryable<AuditEvent>> following, int part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        AuditEvent? last = null;
        for (var count = part; count == part;)
        {
            var events = await following(last).Take(part).ToListAsync(stop);
            foreach (var e in events)
                yield return e;
            (count, last) = (events.Count, events.Count > 0 ? events[^1] : null);
        }
    }

    private async IAsyncEnumerable<AuditEvent> IndexedAsync(AuditQuery query, long from, long to, bool newestFirst, int part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var waiting = new List<long>();
        await foreach (var (block, numbers) in index.FindAsync(db.OrganizationId, query.Groups, await BlocksAsync(query, from, to, newestFirst, stop), stop))
        {
            var sequences = numbers.Ascending().Select(number => (block * NumberSet.BlockSize) + number).Where(sequence => sequence >= from && sequence < to);
            waiting.AddRange(newestFirst ? sequences.Reverse() : sequences);
            for (; waiting.Count >= part; waiting.RemoveRange(0, part))
                foreach (var e in await LoadAsync(waiting.GetRange(0, part), newestFirst, stop))
                    if (query.IsInTime(e))
                        yield return e;
        }
        foreach (var e in waiting.Count == 0 ? [] : await LoadAsync(waiting, newestFirst, stop))
            if (query.IsInTime(e))
                yield return e;
    }

    private async Task<List<long>> BlocksAsync(AuditQuery query, long from, long to, bool newestFirst, CancellationToken stop)
    {
        if (to <= from)
            return [];
        var (first, last) = (from / NumberSet.BlockSize, (to - 1) / NumberSet.BlockSize);
        if (query is { From: null, Before: null })
            return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => newestFirst ? last - i : first + i)];
        var blocks = db.Set<AuditBlock>().AsNoTracking().Where(b => b.Block >= first && b.Block <= last);
        if (query.From is { } start)
            blocks = blocks.Where(b => b.LastAt >= start);
        if (query.Before is { } end)
            blocks = blocks.Where(b => b.FirstAt < end);
        var numbers = blocks.Select(b => b.Block);
        return await (newestFirst ? numbers.OrderDescending() : numbers.Order()).ToListAsync(stop);
    }

    private async Task<List<AuditEvent>> LoadAsync(List<long> sequences, bool newestFirst, CancellationToken stop)
    {
        var events = Events.Where(e => EF.Parameter(sequences).Contains(e.Sequence!.Value));
        return await (newestFirst ? events.OrderByDescending(e => e.Sequence).Select(WithoutCommitment) : events.OrderBy(e => e.Sequence)).ToListAsync(stop);
    }
}
