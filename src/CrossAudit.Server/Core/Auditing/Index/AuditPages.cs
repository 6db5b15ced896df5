using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>Reads the trail a page at a time.</summary>
internal sealed class AuditPages(AppDbContext db, AuditSearch search, AuditCounting counting)
{
    // Where not each event matches, more have to be looked at than are wanted.
    private const int FewestAtOnce = 250;
    private const int MostAtOnce = 1001;

    /// <summary>A page of the events that match, newest first.</summary>
    public Task<Page<TView>> ReadAsync<TView>(AuditQuery query, PageRequest page, Func<AuditEvent, TView> view, CancellationToken stop) => ReadAsync(query, oldestFirst: false, page, view, stop);

    /// <summary>A page of the events that match; by cursor from the newest alone.</summary>
    public async Task<Page<TView>> ReadAsync<TView>(AuditQuery query, bool oldestFirst, PageRequest page, Func<AuditEvent, TView> view, CancellationToken stop)
    {
        // First, so that whatever is not sealed when the cursor's event is read comes after all that this knows to be.
        var trail = await TrailExtent.ReadAsync(db, stop);
        var before = page.After is { } after ? await db.Set<AuditEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == after.Id, stop) : null;
        var total = (int)Math.Min(int.MaxValue, await counting.CountAsync(query, trail, stop));
        // Of an event that is gone, its retention being over, all before it are, too.
        if (page.After is not null && before is null)
            return new Page<TView>([], total);
        // One more than asked for tells whether there is a next page.
        var (skipped, wanted) = (page.After is null ? page.Offset : 0, page.Limit + 1);
        var events = oldestFirst ? search.OldestFirstAsync(query, -1, stop, trail) : search.NewestFirstAsync(query, before, stop, Math.Clamp(skipped + wanted, query.IsEverything ? 1 : FewestAtOnce, MostAtOnce), trail);
        var found = await events.Skip(skipped).Take(wanted).ToListAsync(stop);
        var last = found.Count > page.Limit ? found[page.Limit - 1] : null;
        return new Page<TView>([.. found.Take(page.Limit).Select(view)], total, last is null ? null : new Cursor(last.CreatedAt, last.Id));
    }
}
