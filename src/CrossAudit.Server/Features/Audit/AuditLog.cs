using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit;

/// <summary>Reads the trail of the actor's organization, and records that it was read.</summary>
internal sealed class AuditLog(AppDbContext db, AuditPages pages, AuditTrail audit)
{
    /// <summary>A page of the events that match, in the order of the log.</summary>
    public async Task<Page<AuditLogView>> ReadAsync(AuditFilter filter, bool oldestFirst, PageRequest page, CancellationToken stop)
    {
        var found = filter.ToQuery(db.Clearance) is { } query ? await pages.ReadAsync(query, oldestFirst, page, e => e.ToView(db.Clearance), stop) : new Page<AuditLogView>([], 0);
        await RecordAsync(new JsonObject { ["events"] = found.Items.Count }, stop);
        return found;
    }

    public async Task<AuditLogView?> FindAsync(Guid id, CancellationToken stop)
    {
        var found = await Events.Where(e => e.Id == id).Select(AuditViews.View(db.Clearance)).SingleOrDefaultAsync(stop);
        if (found is not null)
            await RecordAsync(new JsonObject { ["event_id"] = id.ToString() }, stop);
        return found;
    }

    private IQueryable<AuditEvent> Events => db.Set<AuditEvent>().AsNoTracking();

    /// <summary>Records that the trail was read.</summary>
    public Task RecordAsync(JsonObject metadata, CancellationToken stop) => RecordAsync(new AuditEntry(AuditActions.AuditRead) { Metadata = metadata }, stop);

    /// <summary>Records an act on the trail itself.</summary>
    public Task RecordAsync(AuditEntry entry, CancellationToken stop)
    {
        audit.Record(entry with { ResourceType = "audit_log" });
        return db.SaveChangesAsync(stop);
    }
}
