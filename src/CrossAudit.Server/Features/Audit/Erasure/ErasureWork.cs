using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Features.Audit.Retention;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Erasure;

/// <summary>
/// Erases the personal part of a person's events: those that they did, that were done to them, and that name their address. What is left says what was done, to which ids and when, and has the same
/// leaf as before. A part at a time, each a transaction that also takes the words from the index.
/// </summary>
internal sealed class ErasureWork(AppDbContext db, CurrentActor current, AuditSearch search, TermIndex index, AuditTrail audit, TimeProvider clock) : IWork<TrailErasure>
{
    private const int PartSize = 500;

    private static readonly TimeSpan HoldPause = TimeSpan.FromHours(1);

    // They say that somebody was erased, and name nobody.
    private static readonly string[] Spared = [AuditActions.AuditErasureRequested, AuditActions.AuditErased];

    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(30);

    public static int Concurrency => 1;

    public async Task RunAsync(TrailErasure row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        if (await EraseAsync(row, Of(row.UserId), _ => true, stop) && (row.Email is not { } email || await EraseAsync(row, Mentions(email), e => Names(e, email), stop)))
            await CompleteAsync(row, stop);
        else
            await db.HandBackAsync(row, clock.GetUtcNow() + HoldPause);
    }

    /// <summary>What somebody did, and what was done to them.</summary>
    public static AuditQuery Of(Guid user) => new([[AuditTerms.Actor(user), AuditTerms.Target(user)]], null, null);

    public Task ParkAsync(TrailErasure row, Exception cause, CancellationToken stop) => db.HandBackAsync(row, clock.GetUtcNow() + HoldPause);

    // Until nothing is left: an event may be sealed while this goes by. False if the trail is under legal hold.
    private async Task<bool> EraseAsync(TrailErasure row, AuditQuery query, Func<AuditEvent, bool> isMeant, CancellationToken stop)
    {
        for (var erased = -1L; erased != row.ErasedEvents;)
        {
            erased = row.ErasedEvents;
            await foreach (var part in search.OldestFirstAsync(query, -1, stop).Where(e => e.Salt is not null && !Spared.Contains(e.Action) && isMeant(e)).Chunk(PartSize).WithCancellation(stop))
            {
                if (!await db.WriteAsync(() => EraseAsync(row.Id, [.. part], stop), stop))
                    return false;
                row.ErasedEvents += part.Length;
            }
        }
        return true;
    }

    private AuditQuery Mentions(string email) => new([.. AuditTerms.Words(email).Distinct().Select(word => AuditTerms.Word(word, db.Clearance))], null, null);

    private static bool Names(AuditEvent e, string email) =>
        new[] { e.ActorLabel, e.Changes?.ToJsonString(), e.Metadata?.ToJsonString() }.Any(text => text?.Contains(email, StringComparison.OrdinalIgnoreCase) == true);

    private async Task<bool> EraseAsync(Guid id, List<AuditEvent> events, CancellationToken stop)
    {
        // Whoever indexes them meanwhile would put their words back.
        if (!await db.TryLockAsync(AuditIndexing.Lock, stop))
            throw new TimeoutException("The trail is being indexed just now.");
        if (await db.Set<TrailRetention>().AnyAsync(retention => retention.LegalHold, stop))
            return false;
        foreach (var block in events.Where(e => e.Sequence is not null).GroupBy(e => e.Sequence!.Value / NumberSet.BlockSize))
            await index.RemoveAsync(db.OrganizationId, block.Key, AuditIndexing.Terms([.. block], AuditTerms.PersonalAlone), stop);
        var ids = events.ConvertAll(e => e.Id);
        await db.Set<AuditEvent>().Where(e => EF.Parameter(ids).Contains(e.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Salt, (byte[]?)null).SetProperty(e => e.ActorLabel, (string?)null).SetProperty(e => e.IpAddress, (string?)null).SetProperty(e => e.UserAgent, (string?)null)
                .SetProperty(e => e.Changes, (JsonObject?)null).SetProperty(e => e.Metadata, (JsonObject?)null),
            stop);
        // With them, so that it says how far it is and counts right if it is interrupted.
        await db.Set<TrailErasure>().Where(erasure => erasure.Id == id).ExecuteUpdateAsync(set => set.SetProperty(erasure => erasure.ErasedEvents, erasure => erasure.ErasedEvents + ids.Count), stop);
        return true;
    }

    private async Task CompleteAsync(TrailErasure row, CancellationToken stop)
    {
        db.Attach(row);
        (row.CompletedAt, row.Email, row.DueAt) = (clock.GetUtcNow(), null, null);
        audit.Record(AuditEntry.On(AuditActions.AuditErased, "audit_log", row.Id) with
        {
            TargetUserId = row.UserId,
            Severity = AuditSeverity.Critical,
            Metadata = new() { ["events"] = row.ErasedEvents, ["reason"] = row.Reason, ["requested_by"] = row.RequestedBy.ToString() },
        });
        await db.SaveChangesAsync(stop);
    }
}
