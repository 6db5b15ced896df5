using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Messages: stored first, then told to whoever listens.</summary>
internal sealed class MessageService(
    AppDbContext db, Actor actor, ResourceAccess access, MessageRules rules, MessageViews views, MentionMail mentions, AuditTrail audit, ChatBroadcast broadcast, TimeProvider clock)
{
    public async Task<ChatOutcome> SendAsync(Guid threadId, SendMessageRequest request, CancellationToken stop)
    {
        if (await Audience.OfAsync(db, threadId, stop) is not { } audience)
            return new ChatOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.ChatWrite, "thread", threadId, audience.DepartmentId, stop))
            return new ChatOutcome.NotAllowed();
        if (request.ClientId is not null && await SentBeforeAsync(threadId, request.ClientId, stop) is { } known)
            return new ChatOutcome.MessageDone(await views.ShowAsync(known, stop), IsNew: false);
        if (audience.IsArchived)
            return new ChatOutcome.ThreadArchived();
        if (request.ContentType == MessageContentType.Html && SafeHtml.IsTooComplex(request.Content))
            return new ChatOutcome.HtmlTooComplex();
        if (request.ParentMessageId is { } parent && !await db.Set<Message>().AnyAsync(m => m.Id == parent && m.ThreadId == threadId, stop))
            return new ChatOutcome.ParentNotInThread();
        if (!rules.MayAllRead(audience, request.Mentions))
            return new ChatOutcome.MentionNotReader();
        if (await rules.AttachedAsync(request.Attachments, stop) is not { } attached)
            return new ChatOutcome.AttachmentUnknown();
        var above = MessageRules.LabelAbove(audience, request.Content, attached);
        if (above is not null && rules.RefusesLabelsAbove)
            return new ChatOutcome.LabelAboveThread();
        try
        {
            var message = await StoreAsync(threadId, request, attached, above, stop);
            var sent = await views.ShowAsync(message, stop);
            await broadcast.MessageAsync(ChatFrameTypes.Message, audience, sent.View, await views.HeardAsync(message, stop));
            if (message.Mentions is not null)
                await mentions.WakeAsync();
            return new ChatOutcome.MessageDone(sent, IsNew: true);
        }
        catch (DbUpdateException lost) when (lost.IsLostRace() && request.ClientId is not null)
        {
            // The same client_id twice at once: the other one was stored.
            db.ChangeTracker.Clear();
            return new ChatOutcome.MessageDone(await views.ShowAsync((await SentBeforeAsync(threadId, request.ClientId, stop))!, stop), IsNew: false);
        }
    }

    /// <summary>Tells the others in a thread that somebody is writing; false if there is no such thread. Nothing is kept.</summary>
    public async Task<bool> TypingAsync(Guid threadId, bool isTyping, CancellationToken stop)
    {
        if (await Audience.OfAsync(db, threadId, stop) is not { } audience)
            return false;
        await broadcast.TypingAsync(audience, actor.RequiredUserId, isTyping);
        return true;
    }

    /// <summary>One message, or the tombstone of one; null if there is none that the actor may read.</summary>
    public async Task<Revised<MessageView>?> FindAsync(Guid id, CancellationToken stop) =>
        await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is { } message ? await views.ShowAsync(message, stop) : null;

    /// <summary>Whether no message after a sequence number was removed.</summary>
    public async Task<bool> HasAllAfterAsync(Guid threadId, long after, CancellationToken stop) =>
        await db.Set<ChatThread>().AnyAsync(t => t.Id == threadId && t.RemovedTo <= after, stop);

    /// <summary>A thread's messages in order; null if there is no such thread.</summary>
    /// <param name="before">Only messages before this sequence number, the nearest to it.</param>
    /// <param name="after">Only messages after this sequence number.</param>
    public async Task<Page<MessageView>?> ListAsync(Guid threadId, PageRequest page, long? before, long? after, CancellationToken stop)
    {
        if (await db.Set<ChatThread>().Where(t => t.Id == threadId).Select(t => new { t.LastSequence, t.RemovedTo }).SingleOrDefaultAsync(stop) is not { } thread)
            return null;
        // Numbers have no gaps, so how many match needs no counting.
        var (from, to) = (Math.Max(after ?? 0, thread.RemovedTo), Math.Min(before ?? long.MaxValue, thread.LastSequence + 1));
        var matching = (int)Math.Max(0, to - from - 1);
        // A cursor goes on the way that the list goes: back from before, else forward.
        if (page.After is { Number: var place })
            (from, to) = before is null ? (Math.Max(from, place), to) : (from, Math.Min(to, place));
        var messages = db.Set<Message>().AsNoTracking().Where(m => m.ThreadId == threadId && m.SequenceNumber > from && m.SequenceNumber < to);
        var nearest = before is null ? messages.OrderBy(m => m.SequenceNumber) : messages.OrderByDescending(m => m.SequenceNumber);
        var rows = await nearest.Skip(page.After is null ? page.Offset : 0).Take(page.Limit).ToListAsync(stop);
        long? last = rows.Count > 0 ? rows[^1].SequenceNumber : null;
        var isLast = last is null || (before is null ? last == to - 1 : last == from + 1);
        return new Page<MessageView>(await views.ShowAsync([.. rows.OrderBy(m => m.SequenceNumber)], stop), matching, isLast ? null : Cursor.At(last!.Value));
    }

    public async Task<Page<MessageView>?> RepliesAsync(Guid messageId, PageRequest page, CancellationToken stop)
    {
        if (!await db.Set<Message>().AnyAsync(m => m.Id == messageId, stop))
            return null;
        var replies = db.Set<Message>().AsNoTracking().Where(m => m.ParentMessageId == messageId);
        var rows = await replies.OrderBy(m => m.SequenceNumber).Skip(page.Offset).Take(page.Limit).ToListAsync(stop);
        return new Page<MessageView>(await views.ShowAsync(rows, stop), await replies.CountAsync(stop));
    }

    public Task<ChatOutcome> EditAsync(Guid id, string content, IfMatch ifMatch, CancellationToken stop) =>
        ChangeAsync(id, ifMatch, content, stop);

    /// <summary>Takes a message's content away and leaves its place as a tombstone.</summary>
    public Task<ChatOutcome> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop) =>
        ChangeAsync(id, ifMatch, null, stop);

    /// <summary>Moves the reader's mark forward, never back; false if there is no such thread.</summary>
    public async Task<bool> MarkReadAsync(Guid threadId, long sequenceNumber, CancellationToken stop)
    {
        if (await Audience.OfAsync(db, threadId, stop) is not { } audience)
            return false;
        var mark = await db.Set<ReadMark>().SingleOrDefaultAsync(m => m.ThreadId == threadId && m.UserId == actor.UserId, stop);
        if (mark is null)
            db.Add(mark = new ReadMark { ThreadId = threadId, UserId = actor.RequiredUserId, SequenceNumber = 0 });
        mark.SequenceNumber = Math.Max(mark.SequenceNumber, Math.Min(sequenceNumber, audience.LastSequence));
        // Two devices at once: either mark is true, and the next one moves it on.
        await db.TrySaveAsync(stop);
        await broadcast.ReadAsync(audience, actor.RequiredUserId, mark.SequenceNumber);
        return true;
    }

    private Task<Message?> SentBeforeAsync(Guid threadId, string clientId, CancellationToken stop) =>
        db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.ThreadId == threadId && m.UserId == actor.UserId && m.ClientId == clientId, stop);

    private async Task<Message> StoreAsync(Guid threadId, SendMessageRequest request, List<AttachedDocument> attached, SensitivityLevel? above, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            ThreadId = threadId,
            UserId = actor.RequiredUserId,
            ParentMessageId = request.ParentMessageId,
            Content = request.Content,
            ContentType = request.ContentType,
            ClientId = request.ClientId,
            AttachmentCount = attached.Count,
            Mentions = request.Mentions.Count > 0 ? [.. request.Mentions.Distinct()] : null,
            Metadata = MessageRules.Marked([], above),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(message);
        db.AddRange(MessageWord.Of(message, MessageWord.In(request.Content)));
        db.AddRange(attached.Select((document, place) => new MessageAttachment { OrganizationId = message.OrganizationId, MessageId = message.Id, DocumentId = document.Id, Place = place, VersionNumber = document.Version }));
        audit.Record(ChatAudit.Message(AuditActions.MessageSent, message));
        await mentions.AddAsync(message, stop);
        await db.SaveNewAsync(async together => message.SequenceNumber = await NextSequenceAsync(together, threadId, now), threadId, stop);
        return message;
    }

    // The row's lock makes the senders of one thread queue here until the commit; senders of other threads do not meet.
    private static async Task<long> NextSequenceAsync(AppDbContext db, Guid threadId, DateTimeOffset now) =>
        (await db.Database.SqlQueryRaw<long>(
            "UPDATE chat_threads SET last_sequence = last_sequence + 1, last_message_at = {0} WHERE id = {1} RETURNING last_sequence AS \"Value\"", db.Stored(now), threadId).ToListAsync())[0];

    private async Task<ChatOutcome> ChangeAsync(Guid id, IfMatch ifMatch, string? content, CancellationToken stop)
    {
        if (await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message || await Audience.OfAsync(db, message.ThreadId, stop) is not { } audience)
            return new ChatOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.ChatWrite, "message", id, audience.DepartmentId, stop))
            return new ChatOutcome.NotAllowed();
        if (message.UserId != actor.UserId && !actor.Access.Allows(Contracts.Permissions.ChatModerate, audience.DepartmentId))
        {
            await audit.DenyAsync(ChatAudit.Denied("message", id), stop);
            return new ChatOutcome.NotAuthor();
        }
        if (!ifMatch.Allows(message.Revision))
            return new ChatOutcome.Stale();
        if (message.Content is not { } before)
            return new ChatOutcome.MessageGone();
        if (content is not null && await EditRefusalAsync(message, audience, content, stop) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        message.Content = content;
        if (content is null)
            message.DeletedAt = now;
        else
            message.EditedAt = now;
        await ReplaceWordsAsync(message, stop);
        db.Add(new MessageRevision { Id = Guid.CreateVersion7(now), OrganizationId = message.OrganizationId, MessageId = id, Content = before, ReplacedBy = actor.RequiredUserId, ReplacedAt = now });
        message.UpdatedAt = now;
        audit.Record(ChatAudit.Message(content is null ? AuditActions.MessageDeleted : AuditActions.MessageEdited, message));
        if (!await db.TrySaveAsync(stop))
            return ifMatch.IsConditional ? new ChatOutcome.Stale() : new ChatOutcome.Lost();
        var changed = await views.ShowAsync(message, stop);
        await broadcast.MessageAsync(content is null ? ChatFrameTypes.MessageDeleted : ChatFrameTypes.MessageUpdated, audience, changed.View, await views.HeardAsync(message, stop));
        return new ChatOutcome.MessageDone(changed, IsNew: false);
    }

    private async Task<ChatOutcome?> EditRefusalAsync(Message message, Audience audience, string content, CancellationToken stop)
    {
        if (audience.IsArchived)
            return new ChatOutcome.ThreadArchived();
        if (message.ContentType == MessageContentType.Html && SafeHtml.IsTooComplex(content))
            return new ChatOutcome.HtmlTooComplex();
        var attached = (await views.HeardAsync(message, stop)).Select(a => new AttachedDocument(a.View.DocumentId, a.View.VersionNumber, a.View.SensitivityLevel)).ToList();
        var above = MessageRules.LabelAbove(audience, content, attached);
        if (above is not null && rules.RefusesLabelsAbove)
            return new ChatOutcome.LabelAboveThread();
        message.Metadata = MessageRules.Marked(message.Metadata, above);
        return null;
    }

    // A word that stays is left alone: nobody looks in vain meanwhile.
    private async Task ReplaceWordsAsync(Message message, CancellationToken stop)
    {
        var words = message.Content is { } content ? MessageWord.In(content) : [];
        var before = await db.Set<MessageWord>().Where(w => w.MessageId == message.Id).ToListAsync(stop);
        db.RemoveRange(before.Where(w => !words.Contains(w.Word)));
        db.AddRange(MessageWord.Of(message, words.Except(before.Select(w => w.Word))));
    }
}
