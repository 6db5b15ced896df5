using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Reactions to messages. A reaction is there once, however often it is sent.</summary>
internal sealed class ReactionService(AppDbContext db, Actor actor, ResourceAccess access, AuditTrail audit, MessageViews views, ChatBroadcast broadcast, TimeProvider clock)
{
    public async Task<ChatOutcome> AddAsync(Guid id, string reaction, CancellationToken stop)
    {
        var (message, audience, refused) = await FindAsync(id, stop);
        if (refused is not null)
            return refused;
        var own = await db.Set<MessageReaction>().Where(r => r.MessageId == id && r.UserId == actor.UserId).Select(r => r.Reaction).ToListAsync(stop);
        if (own.Contains(reaction))
            return new ChatOutcome.MessageDone(await views.ShowAsync(message!, stop), IsNew: false);
        if (own.Count >= MessageReaction.MostOfOnePerson)
            return new ChatOutcome.TooManyReactions();
        db.Add(new MessageReaction { OrganizationId = actor.OrganizationId, MessageId = id, UserId = actor.RequiredUserId, Reaction = reaction, CreatedAt = clock.GetUtcNow() });
        audit.Record(ChatAudit.Message(AuditActions.ReactionAdded, message!));
        try
        {
            // Under the message's lock, so that two at once are both counted.
            await db.SaveNewAsync(together => CountAsync(together, id, 1), id, stop);
        }
        catch (DbUpdateException twice) when (twice.IsLostRace())
        {
            // The same reaction from another of their devices.
            db.ChangeTracker.Clear();
        }
        return await TellAsync(id, audience!, stop);
    }

    public async Task<ChatOutcome> RemoveAsync(Guid id, string reaction, CancellationToken stop)
    {
        var (message, audience, refused) = await FindAsync(id, stop);
        if (refused is not null)
            return refused;
        var removed = await db.WriteAsync(async () =>
        {
            if (await db.Set<MessageReaction>().Where(r => r.MessageId == id && r.UserId == actor.UserId && r.Reaction == reaction).ExecuteDeleteAsync(stop) == 0)
                return false;
            await CountAsync(db, id, -1);
            audit.Record(ChatAudit.Message(AuditActions.ReactionRemoved, message!));
            await db.SaveChangesAsync(stop);
            return true;
        }, stop);
        return removed ? await TellAsync(id, audience!, stop) : new ChatOutcome.MessageDone(await views.ShowAsync(message!, stop), IsNew: false);
    }

    private async Task<(Message? Message, Audience? Audience, ChatOutcome? Refused)> FindAsync(Guid id, CancellationToken stop)
    {
        if (await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message || await Audience.OfAsync(db, message.ThreadId, stop) is not { } audience)
            return (null, null, new ChatOutcome.Missing());
        if (!await access.AllowsAsync(Contracts.Permissions.ChatWrite, "message", id, audience.DepartmentId, stop))
            return (null, null, new ChatOutcome.NotAllowed());
        if (message.DeletedAt is not null)
            return (null, null, new ChatOutcome.MessageGone());
        return (message, audience, audience.IsArchived ? new ChatOutcome.ThreadArchived() : null);
    }

    private static Task<int> CountAsync(AppDbContext db, Guid id, int by) => db.Set<Message>().IgnoreQueryFilters().Where(m => m.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReactionCount, m => m.ReactionCount + by).SetProperty(m => m.Revision, m => m.Revision + 1));

    private async Task<ChatOutcome> TellAsync(Guid id, Audience audience, CancellationToken stop)
    {
        if (await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message)
            return new ChatOutcome.Missing();
        var shown = await views.ShowAsync(message, stop);
        await broadcast.MessageAsync(ChatFrameTypes.MessageUpdated, audience, shown.View, await views.HeardAsync(message, stop));
        return new ChatOutcome.MessageDone(shown, IsNew: true);
    }
}
