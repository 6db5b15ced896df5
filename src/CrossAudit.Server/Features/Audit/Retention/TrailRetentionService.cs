using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Retention;

/// <summary>Sets how long the trail is kept.</summary>
internal sealed class TrailRetentionService(AppDbContext db, AuditTrail audit, IMessageBus bus, TimeProvider clock)
{
    public async Task<Revised<TrailRetentionView>> ReadAsync(CancellationToken stop)
    {
        var retention = await db.Set<TrailRetention>().AsNoTracking().SingleOrDefaultAsync(stop);
        return new Revised<TrailRetentionView>(TrailRetention.View(retention, await KeptFromAsync(stop)), retention?.Revision ?? 0);
    }

    /// <summary>Sets it; null if it was changed meanwhile, by the tag sent or by somebody faster.</summary>
    public async Task<Revised<TrailRetentionView>?> SetAsync(SetTrailRetentionRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        var retention = await db.Set<TrailRetention>().SingleOrDefaultAsync(stop);
        var before = TrailRetention.View(retention, await KeptFromAsync(stop));
        if (!ifMatch.Allows(retention?.Revision ?? 0))
            return null;
        if (retention is null)
            db.Add(retention = new TrailRetention { Id = Guid.CreateVersion7(clock.GetUtcNow()), OrganizationId = db.OrganizationId, Preset = request.Preset });
        (retention.Preset, retention.Days) = (request.Preset, request.Days ?? TrailRetention.Minimums[request.Preset]);
        retention.LegalHold = request.LegalHold ?? retention.LegalHold;
        retention.DueAt = retention.Days is null || retention.LegalHold ? null : clock.GetUtcNow();
        var after = TrailRetention.View(retention, before.KeptFrom);
        audit.Record(new AuditEntry(AuditActions.AuditRetentionChanged)
        {
            ResourceType = "audit_log",
            Severity = AuditSeverity.Critical,
            Changes = Changes(before, after),
            Metadata = request.Reason is null ? null : new() { ["reason"] = request.Reason },
        });
        if (!await db.TrySaveAsync(stop))
            return null;
        await bus.WakeAsync<TrailRetention>();
        return new Revised<TrailRetentionView>(after, retention.Revision);
    }

    private Task<long> KeptFromAsync(CancellationToken stop) => db.Set<AuditTree>().Where(tree => tree.OrganizationId == db.OrganizationId).Select(tree => tree.KeptFrom).SingleOrDefaultAsync(stop);

    private static JsonObject Changes(TrailRetentionView before, TrailRetentionView after)
    {
        var changes = new JsonObject();
        void Compare(string field, JsonNode? from, JsonNode? to)
        {
            if (from?.ToJsonString() != to?.ToJsonString())
                changes[field] = new JsonObject { ["from"] = from, ["to"] = to };
        }

        Compare("preset", before.Preset, after.Preset);
        Compare("days", before.Days, after.Days);
        Compare("legal_hold", before.LegalHold, after.LegalHold);
        return changes;
    }
}
