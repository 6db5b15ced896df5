using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Conversations of two people: there is one for each pair, whoever begins, and if both begin at once.</summary>
internal sealed class DirectThreads(AppDbContext db, Actor actor, ResourceAccess access, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The thread, and whether it was opened just now; or why there is none.</summary>
    public async Task<(Revised<ThreadView>? Thread, bool IsNew, ChatOutcome? Refused)> OpenAsync(Guid other, CancellationToken stop)
    {
        if (!await access.AllowsAsync(Contracts.Permissions.ChatWrite, "thread", null, null, stop))
            return (null, false, new ChatOutcome.NotAllowed());
        if (actor.ReaderId is null)
            return (null, false, new ChatOutcome.PersonRequired());
        if (other == actor.UserId || !await db.Set<Membership>().AnyAsync(m => m.UserId == other, stop))
            return (null, false, new ChatOutcome.ParticipantNotMember());
        var key = ChatThread.DirectKeyOf(actor.RequiredUserId, other);
        if (await FindAsync(key, stop) is { } known)
            return (known, false, null);
        Add(key, other);
        // Who loses the race finds what the other one has opened.
        var isNew = await db.TrySaveAsync(stop);
        return (await FindAsync(key, stop), isNew, null);
    }

    private void Add(string key, Guid other)
    {
        var now = clock.GetUtcNow();
        var thread = new ChatThread
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            Name = "Direct message",
            IsPrivate = true,
            DirectKey = key,
            CreatedBy = actor.RequiredUserId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        thread.Participants.AddRange(new[] { actor.RequiredUserId, other }.Select(person => new ThreadParticipant { ThreadId = thread.Id, UserId = person, JoinedAt = now }));
        db.Add(thread);
        audit.Record(ChatAudit.ThreadCreated(thread));
    }

    private async Task<Revised<ThreadView>?> FindAsync(string key, CancellationToken stop)
    {
        var threads = db.Set<ChatThread>().AsNoTracking().Where(t => t.DirectKey == key);
        return await threads.Select(ChatThread.ToView(actor.RequiredUserId)).SingleOrDefaultAsync(stop) is { } view
            ? new(view, await threads.Select(t => t.Revision).SingleAsync(stop))
            : null;
    }
}
