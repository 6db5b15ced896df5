using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Threads and who takes part in them.</summary>
internal sealed class ThreadService(AppDbContext db, Actor actor, ResourceAccess access, AuditTrail audit, ChatBroadcast broadcast, TimeProvider clock)
{
    public Task<Page<ThreadView>> ListAsync(PageRequest page, bool archived, CancellationToken stop) =>
        db.Set<ChatThread>().AsNoTracking().Where(t => t.ArchivedAt != null == archived).NewestFirstAsync(page, ChatThread.ToView(actor.RequiredUserId), t => new Cursor(t.CreatedAt, t.Id), stop);

    public async Task<Revised<ThreadView>?> FindAsync(Guid id, CancellationToken stop)
    {
        var threads = db.Set<ChatThread>().AsNoTracking().Where(t => t.Id == id);
        var view = await threads.Select(ChatThread.ToView(actor.RequiredUserId)).SingleOrDefaultAsync(stop);
        return view is null ? null : new Revised<ThreadView>(view, await threads.Select(t => t.Revision).SingleAsync(stop));
    }

    public async Task<ChatOutcome> CreateAsync(CreateThreadRequest request, CancellationToken stop)
    {
        if (await PlaceRefusalAsync(null, request.DepartmentId, stop) is { } refused)
            return refused;
        if (request.IsPrivate && actor.ReaderId is null)
            return new ChatOutcome.PersonRequired();
        var now = clock.GetUtcNow();
        var people = request.Participants.Append(actor.RequiredUserId).Distinct().ToList();
        if (await db.Set<Membership>().CountAsync(m => people.Contains(m.UserId), stop) != people.Count)
            return new ChatOutcome.ParticipantNotMember();
        var thread = new ChatThread
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            DepartmentId = request.DepartmentId,
            Name = request.Name,
            Description = request.Description,
            IsPrivate = request.IsPrivate,
            SensitivityLevel = request.SensitivityLevel,
            CreatedBy = actor.RequiredUserId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        thread.Participants.AddRange(people.Select(person => new ThreadParticipant { ThreadId = thread.Id, UserId = person, JoinedAt = now }));
        db.Add(thread);
        audit.Record(ChatAudit.ThreadCreated(thread));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException gone) when (gone.IsBrokenReference())
        {
            return new ChatOutcome.DepartmentUnknown();
        }
        return await ShowAsync(thread.Id, stop);
    }

    public async Task<ChatOutcome> UpdateAsync(Guid id, UpdateThreadRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<ChatThread>().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } thread)
            return new ChatOutcome.Missing();
        if (await ChangeRefusalAsync(thread, stop) is { } refused)
            return refused;
        if (!ifMatch.Allows(thread.Revision))
            return new ChatOutcome.Stale();
        if (thread.DirectKey is not null && (request.IsPrivate == false || request.DepartmentId is { IsSet: true, Value: not null }))
            return new ChatOutcome.ThreadIsDirect();
        if (request.DepartmentId is { IsSet: true, Value: var department } && await PlaceRefusalAsync(id, department, stop) is { } misplaced)
            return misplaced;
        thread.DepartmentId = request.DepartmentId.Or(thread.DepartmentId);
        thread.Name = request.Name.Or(thread.Name)!;
        thread.Description = request.Description.Or(thread.Description);
        thread.IsPrivate = request.IsPrivate ?? thread.IsPrivate;
        thread.SensitivityLevel = request.SensitivityLevel.Or(thread.SensitivityLevel);
        if (request.IsArchived is { } archived)
            thread.ArchivedAt = archived ? thread.ArchivedAt ?? clock.GetUtcNow() : null;
        try
        {
            return await SaveAsync(thread, AuditActions.ThreadUpdated, stop) ? await ShowAsync(id, stop) : Beaten(ifMatch);
        }
        catch (DbUpdateException gone) when (gone.IsBrokenReference())
        {
            return new ChatOutcome.DepartmentUnknown();
        }
    }

    public async Task<ChatOutcome> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<ChatThread>().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } thread)
            return new ChatOutcome.Missing();
        if (await ChangeRefusalAsync(thread, stop) is { } refused)
            return refused;
        if (!ifMatch.Allows(thread.Revision))
            return new ChatOutcome.Stale();
        if (thread.DirectKey is not null)
            return new ChatOutcome.ThreadIsDirect();
        thread.DeletedAt = clock.GetUtcNow();
        return await SaveAsync(thread, AuditActions.ThreadDeleted, stop) ? new ChatOutcome.Removed() : Beaten(ifMatch);
    }

    /// <summary>Brings a member in. In a private thread whoever takes part may do so; in a public one anybody.</summary>
    public async Task<ChatOutcome> AddParticipantAsync(Guid id, Guid userId, CancellationToken stop)
    {
        if (await db.Set<ChatThread>().Include(t => t.Participants).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } thread)
            return new ChatOutcome.Missing();
        if (!await MayWriteAsync(thread, stop))
            return new ChatOutcome.NotAllowed();
        if (!await db.Set<Membership>().AnyAsync(m => m.UserId == userId, stop))
            return new ChatOutcome.ParticipantNotMember();
        if (thread.Participants.Exists(p => p.UserId == userId))
            return await ShowAsync(id, stop);
        if (thread.DirectKey is not null)
            return new ChatOutcome.ThreadIsDirect();
        thread.Participants.Add(new ThreadParticipant { ThreadId = id, UserId = userId, JoinedAt = clock.GetUtcNow() });
        audit.Record(ChatAudit.Participant(AuditActions.ParticipantAdded, id, userId));
        // Added by somebody else at the same moment is added all the same.
        if (await db.TrySaveAsync(stop))
            await broadcast.ParticipantAsync(ChatFrameTypes.Join, AudienceOf(thread), userId);
        return await ShowAsync(id, stop);
    }

    /// <summary>Takes somebody out; anybody may leave by themselves.</summary>
    public async Task<ChatOutcome> RemoveParticipantAsync(Guid id, Guid userId, CancellationToken stop)
    {
        if (await db.Set<ChatThread>().Include(t => t.Participants).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } thread
            || thread.Participants.Find(p => p.UserId == userId) is not { } participant)
            return new ChatOutcome.Missing();
        if (userId != actor.UserId && await ChangeRefusalAsync(thread, stop) is { } refused)
            return refused;
        if (thread.DirectKey is not null)
            return new ChatOutcome.ThreadIsDirect();
        thread.Participants.Remove(participant);
        audit.Record(ChatAudit.Participant(AuditActions.ParticipantRemoved, id, userId));
        if (!await db.TrySaveAsync(stop))
            return new ChatOutcome.Missing();
        if (thread.IsPrivate)
            await broadcast.AccessWithdrawnAsync(thread.OrganizationId, id);
        await broadcast.ParticipantAsync(ChatFrameTypes.Leave, AudienceOf(thread), userId);
        return new ChatOutcome.Removed();
    }

    private static Audience AudienceOf(ChatThread thread) =>
        new(thread.OrganizationId, thread.Id, thread.DepartmentId, thread.IsPrivate ? [.. thread.Participants.Select(p => p.UserId)] : null, thread.LastSequence);

    private static ChatOutcome Beaten(IfMatch ifMatch) => ifMatch.IsConditional ? new ChatOutcome.Stale() : new ChatOutcome.Lost();

    private Task<bool> MayWriteAsync(ChatThread thread, CancellationToken stop) => access.AllowsAsync(Contracts.Permissions.ChatWrite, "thread", thread.Id, thread.DepartmentId, stop);

    private async Task<ChatOutcome?> PlaceRefusalAsync(Guid? id, Guid? department, CancellationToken stop)
    {
        if (!actor.Access.Knows(department))
            return new ChatOutcome.DepartmentUnknown();
        return await access.AllowsAsync(Contracts.Permissions.ChatWrite, "thread", id, department, stop) ? null : new ChatOutcome.NotAllowed();
    }

    // Whoever opened it, or a moderator; and both only while they may write there.
    private async Task<ChatOutcome?> ChangeRefusalAsync(ChatThread thread, CancellationToken stop)
    {
        if (!await MayWriteAsync(thread, stop))
            return new ChatOutcome.NotAllowed();
        if (thread.CreatedBy == actor.UserId || actor.Access.Allows(Contracts.Permissions.ChatModerate, thread.DepartmentId))
            return null;
        await audit.DenyAsync(ChatAudit.Denied("thread", thread.Id), stop);
        return new ChatOutcome.NotAuthor();
    }

    private async Task<bool> SaveAsync(ChatThread thread, string action, CancellationToken stop)
    {
        db.ChangeTracker.DetectChanges();
        if (db.ChangesOf(thread) is not { } changes)
            return true;
        // What a private thread is called, and was called before, is known to its participants alone.
        if (thread.IsPrivate || changes.ContainsKey("is_private"))
            _ = changes.Remove("name") | changes.Remove("description");
        thread.UpdatedAt = clock.GetUtcNow();
        audit.Record(AuditEntry.On(action, "thread", thread.Id) with { Changes = changes });
        if (!await db.TrySaveAsync(stop))
            return false;
        // Made private or removed: whoever listens has to be allowed anew.
        await broadcast.AccessWithdrawnAsync(thread.OrganizationId, thread.Id);
        return true;
    }

    private async Task<ChatOutcome> ShowAsync(Guid id, CancellationToken stop) =>
        await FindAsync(id, stop) is { } thread ? new ChatOutcome.ThreadDone(thread) : new ChatOutcome.Missing();
}
