using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Features.Audit.Retention;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Erasure;

/// <summary>What became of a request to erase.</summary>
internal abstract record ErasureOutcome
{
    private ErasureOutcome()
    {
    }

    public sealed record Requested(ErasureView Erasure) : ErasureOutcome;

    public sealed record IsMember : ErasureOutcome;

    public sealed record OnHold : ErasureOutcome;

    public sealed record Unknown : ErasureOutcome;
}

/// <summary>Takes requests to erase, and lists them.</summary>
internal sealed class ErasureService(AppDbContext db, Actor actor, AuditSearch search, AuditTrail audit, IMessageBus bus, TimeProvider clock)
{
    private static readonly Func<TrailErasure, ErasureView> View = TrailErasure.ToView.Compile();

    public async Task<ErasureOutcome> RequestAsync(CreateErasureRequest request, CancellationToken stop)
    {
        if (await db.Set<Membership>().AnyAsync(m => m.UserId == request.UserId, stop))
            return new ErasureOutcome.IsMember();
        if (await db.Set<TrailRetention>().AnyAsync(r => r.LegalHold, stop))
            return new ErasureOutcome.OnHold();
        if (!await search.NewestFirstAsync(ErasureWork.Of(request.UserId), null, stop).AnyAsync(stop))
            return new ErasureOutcome.Unknown();
        var now = clock.GetUtcNow();
        var erasure = new TrailErasure
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = db.OrganizationId,
            UserId = request.UserId,
            Email = await db.Set<User>().Where(u => u.Id == request.UserId).Select(u => u.Email).SingleOrDefaultAsync(stop),
            Reason = request.Reason,
            RequestedBy = actor.UserId!.Value,
            CreatedAt = now,
            DueAt = now,
        };
        db.Add(erasure);
        audit.Record(AuditEntry.On(AuditActions.AuditErasureRequested, "audit_log", erasure.Id) with
        {
            TargetUserId = request.UserId,
            Severity = AuditSeverity.Critical,
            Metadata = new() { ["reason"] = request.Reason },
        });
        await db.SaveChangesAsync(stop);
        await bus.WakeAsync<TrailErasure>();
        return new ErasureOutcome.Requested(View(erasure));
    }

    public Task<Page<ErasureView>> ListAsync(PageRequest page, CancellationToken stop) =>
        db.Set<TrailErasure>().AsNoTracking().NewestFirstAsync(page, TrailErasure.ToView, e => new Cursor(e.CreatedAt, e.Id), stop);
}
