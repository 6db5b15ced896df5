using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>Who hears what happens in a thread.</summary>
/// <param name="People">The participants of a private thread; empty for the whole organization.</param>
/// <param name="LastSequence">The sequence number given last when this was read.</param>
internal sealed record Audience(Guid OrganizationId, Guid ThreadId, Guid[] People, long LastSequence)
{
    /// <summary>The audience of a thread, or null if there is none that the actor may know of: reading it is the permission to speak in it.</summary>
    public static async Task<Audience?> OfAsync(AppDbContext db, Guid threadId, CancellationToken stop)
    {
        var thread = await db.Set<ChatThread>().AsNoTracking().Where(t => t.Id == threadId)
            .Select(t => new { t.OrganizationId, t.LastSequence, People = t.IsPrivate ? t.Participants.Select(p => p.UserId).ToList() : null })
            .SingleOrDefaultAsync(stop);
        return thread is null ? null : new Audience(thread.OrganizationId, threadId, thread.People?.ToArray() ?? [], thread.LastSequence);
    }
}
