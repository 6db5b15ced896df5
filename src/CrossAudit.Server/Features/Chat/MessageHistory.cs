using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What a message said before it was edited or deleted, for moderators. Each look is an event.</summary>
internal sealed class MessageHistory(AppDbContext db, ResourceAccess access, AuditTrail audit)
{
    /// <summary>What it said, the oldest first; or why not.</summary>
    public async Task<(Page<MessageRevisionView>? Found, ChatOutcome? Refused)> ReadAsync(Guid id, PageRequest page, CancellationToken stop)
    {
        if (await db.Set<Message>().AsNoTracking().Include(m => m.Thread).SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message)
            return (null, new ChatOutcome.Missing());
        if (!await access.AllowsAsync(Contracts.Permissions.ChatModerate, "message", id, message.Thread.DepartmentId, stop))
            return (null, new ChatOutcome.NotAllowed());
        var found = await db.Set<MessageRevision>().AsNoTracking().Where(r => r.MessageId == id).OrderBy(r => r.ReplacedAt).ThenBy(r => r.Id)
            .InOrderAsync(page, r => new MessageRevisionView { Content = r.Content, ReplacedBy = r.ReplacedBy, ReplacedAt = r.ReplacedAt }, stop);
        audit.Record(ChatAudit.Message(AuditActions.MessageHistoryRead, message));
        await db.SaveChangesAsync(stop);
        return (found, null);
    }
}
