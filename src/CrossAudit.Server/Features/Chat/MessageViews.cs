using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Shows messages to the actor, with their reactions and those of their documents that the actor may read.</summary>
internal sealed class MessageViews(AppDbContext db)
{
    public async Task<List<MessageView>> ShowAsync(IReadOnlyCollection<Message> messages, CancellationToken stop)
    {
        var reactions = await ReactionsAsync(Ids(messages.Where(m => m.ReactionCount > 0)), stop);
        var attachments = await AttachmentsAsync(Ids(messages.Where(m => m.AttachmentCount > 0)), stop);
        return [.. messages.Select(m => m.ToView() with { Reactions = [.. reactions[m.Id]], Attachments = [.. attachments[m.Id]] })];
    }

    public async Task<Revised<MessageView>> ShowAsync(Message message, CancellationToken stop) => new((await ShowAsync([message], stop))[0], message.Revision);

    /// <summary>All documents of a message, for frames: each reader's node leaves out what they may not read.</summary>
    public async Task<IReadOnlyList<HeardAttachment>> HeardAsync(Message message, CancellationToken stop) => message is { AttachmentCount: 0 } or { DeletedAt: not null } ? [] : await (
        from attachment in db.Set<MessageAttachment>()
        join document in db.Set<Document>() on attachment.DocumentId equals document.Id
        where attachment.MessageId == message.Id
        orderby attachment.Place
        select new HeardAttachment(document.DepartmentId, new AttachmentView
        {
            DocumentId = document.Id,
            Title = document.Title,
            VersionNumber = attachment.VersionNumber,
            SensitivityLevel = document.SensitivityLevel,
        })).IgnoreQueryFilters([Filters.Reach]).ToListAsync(stop);

    // Of a tombstone nothing is shown but its place.
    private static List<Guid> Ids(IEnumerable<Message> messages) => [.. messages.Where(m => m.DeletedAt is null).Select(m => m.Id)];

    private async Task<ILookup<Guid, ReactionView>> ReactionsAsync(List<Guid> ids, CancellationToken stop)
    {
        List<MessageReaction> rows = ids.Count == 0 ? [] : await db.Set<MessageReaction>().AsNoTracking().Where(r => ids.Contains(r.MessageId)).OrderBy(r => r.CreatedAt).ToListAsync(stop);
        return rows.GroupBy(r => (r.MessageId, r.Reaction))
            .ToLookup(group => group.Key.MessageId, group => new ReactionView { Reaction = group.Key.Reaction, UserIds = [.. group.Select(r => r.UserId)] });
    }

    private async Task<ILookup<Guid, AttachmentView>> AttachmentsAsync(List<Guid> ids, CancellationToken stop)
    {
        var rows = ids.Count == 0 ? [] : await (
            from attachment in db.Set<MessageAttachment>()
            join document in db.Set<Document>() on attachment.DocumentId equals document.Id
            where ids.Contains(attachment.MessageId)
            orderby attachment.Place
            select new { attachment.MessageId, View = new AttachmentView { DocumentId = document.Id, Title = document.Title, VersionNumber = attachment.VersionNumber, SensitivityLevel = document.SensitivityLevel } })
            .ToListAsync(stop);
        return rows.ToLookup(row => row.MessageId, row => row.View);
    }
}
