using System.Linq.Expressions;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit;

/// <summary>Reads the trail of the actor's organization, and records that it was read.</summary>
internal sealed class AuditLog(AppDbContext db, AuditTrail audit)
{
    // Who did what to which stands open to every reader of the trail; what a restricted thing is called, or was changed to, only to those who may see the thing.
    private static Expression<Func<AuditEvent, AuditLogView>> View(SensitivityLevel clearance) => e => new AuditLogView
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
        Changes = e.Sensitivity == null || e.Sensitivity <= clearance ? e.Changes : null,
        Metadata = e.Sensitivity == null || e.Sensitivity <= clearance ? e.Metadata : null,
        IpAddress = e.IpAddress,
        UserAgent = e.UserAgent,
        SessionId = e.SessionId,
        CorrelationId = e.CorrelationId,
        Severity = e.Severity,
        Outcome = e.Outcome,
        CreatedAt = e.CreatedAt,
        Sequence = e.Sequence,
    };

    public async Task<Page<AuditLogView>> ReadAsync(AuditFilter filter, bool oldestFirst, PageRequest page, CancellationToken stop)
    {
        var events = filter.Apply(Events, db.Clearance);
        var found = oldestFirst
            ? await events.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).InOrderAsync(page, View(db.Clearance), stop)
            : await events.NewestFirstAsync(page, View(db.Clearance), e => new Cursor(e.CreatedAt, e.Id), stop);
        await RecordAsync(new JsonObject { ["events"] = found.Items.Count }, stop);
        return found;
    }

    public async Task<AuditLogView?> FindAsync(Guid id, CancellationToken stop)
    {
        var found = await Events.Where(e => e.Id == id).Select(View(db.Clearance)).SingleOrDefaultAsync(stop);
        if (found is not null)
            await RecordAsync(new JsonObject { ["event_id"] = id.ToString() }, stop);
        return found;
    }

    private IQueryable<AuditEvent> Events => db.Set<AuditEvent>().AsNoTracking();

    private Task<int> RecordAsync(JsonObject metadata, CancellationToken stop)
    {
        audit.Record(new AuditEntry(AuditActions.AuditRead) { ResourceType = "audit_log", Metadata = metadata });
        return db.SaveChangesAsync(stop);
    }
}
