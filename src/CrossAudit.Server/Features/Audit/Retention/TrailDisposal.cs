using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Retention;

/// <summary>
/// Removes the rows of events whose days are over, from the beginning of the log up to the first that has to stay, a block at a time. Their leaves stay, so every proof of what is kept, and every
/// checkpoint, holds as before.
/// </summary>
internal sealed class TrailDisposal(AppDbContext db, CurrentActor current, TermIndex index, Signer signer, AuditTrail audit, TimeProvider clock) : IWork<TrailRetention>
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(12);

    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(30);

    public static int Concurrency => 1;

    public async Task RunAsync(TrailRetention row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        // Before the transaction: where there is no key yet, making one is a transaction of its own.
        await signer.PrepareAsync(stop);
        while (await db.WriteAsync(() => StepAsync(row.Id, stop), stop))
        {
        }
        await db.HandBackAsync(row, clock.GetUtcNow() + Every);
    }

    public Task ParkAsync(TrailRetention row, Exception cause, CancellationToken stop) => db.HandBackAsync(row, clock.GetUtcNow() + Every);

    private async Task<bool> StepAsync(Guid id, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (!await db.TryLockAsync(AuditIndexing.Lock, stop))
            throw new TimeoutException("The trail is being indexed just now.");
        // Locked first, so that a hold comes before this or after it.
        if (await db.Set<TrailRetention>().Where(r => r.Id == id && !r.LegalHold).ExecuteUpdateAsync(set => set.SetProperty(r => r.Days, r => r.Days), stop) == 0
            || await db.Set<TrailRetention>().AsNoTracking().SingleAsync(r => r.Id == id, stop) is not { Days: { } days } retention
            || await db.Set<AuditTree>().AsNoTracking().SingleOrDefaultAsync(tree => tree.OrganizationId == db.OrganizationId, stop) is not { } tree)
            return false;
        var (before, from) = (clock.GetUtcNow().AddDays(-days), tree.KeptFrom);
        var end = Math.Min(tree.IndexedTo, ((from / NumberSet.BlockSize) + 1) * NumberSet.BlockSize);
        var events = await db.Set<AuditEvent>().AsNoTracking().Where(e => e.Sequence >= from && e.Sequence < end).OrderBy(e => e.Sequence).ToListAsync(stop);
        var over = events.TakeWhile(e => e.CreatedAt < before).ToList();
        if (over.Count == 0)
            return false;
        await RemoveAsync(over, from, over[^1].Sequence!.Value + 1, stop);
        audit.Record(new AuditEntry(AuditActions.AuditRetentionApplied)
        {
            ResourceType = "audit_log",
            Severity = AuditSeverity.Notice,
            Metadata = new() { ["from"] = from, ["to"] = over[^1].Sequence, ["events"] = over.Count, ["before"] = TimestampConverter.ToText(before), ["preset"] = retention.Preset, ["days"] = days },
        });
        await db.SaveChangesAsync(stop);
        return true;
    }

    private async Task RemoveAsync(List<AuditEvent> over, long from, long to, CancellationToken stop)
    {
        // First: the database lets go of no event behind it.
        var note = signer.Sign(AuditTree.KeptFromText(db.OrganizationId, to)).Note;
        await db.Set<AuditTree>().Where(tree => tree.OrganizationId == db.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(tree => tree.KeptFrom, to).SetProperty(tree => tree.KeptFromNote, note), stop);
        await db.Set<AuditEvent>().Where(e => e.Sequence >= from && e.Sequence < to).ExecuteDeleteAsync(stop);
        var block = from / NumberSet.BlockSize;
        if (to % NumberSet.BlockSize == 0)
        {
            await db.Set<TermBlock>().Where(b => b.Block == block).ExecuteDeleteAsync(stop);
            await db.Set<AuditBlock>().Where(b => b.Block == block).ExecuteDeleteAsync(stop);
        }
        else
        {
            await index.RemoveAsync(db.OrganizationId, block, AuditIndexing.Terms(over, AuditTerms.Of), stop);
        }
    }
}
