using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What chat keeps for an organization.</summary>
internal sealed class ChatData(AppDbContext db) : IOrganizationData
{
    private const int StepSize = 2_000;

    // Should they be let in again, they find the private threads as a stranger does.
    public async Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop)
    {
        var threads = db.Set<ChatThread>().IgnoreQueryFilters().Where(t => t.OrganizationId == organizationId).Select(t => t.Id);
        // With somebody who comes again a new conversation begins.
        var key = userId.ToString();
        foreach (var direct in await db.Set<ChatThread>().IgnoreQueryFilters().Where(t => t.OrganizationId == organizationId && t.DirectKey != null && t.DirectKey.Contains(key)).ToListAsync(stop))
            direct.DirectKey = null;
        db.RemoveRange(await db.Set<ThreadParticipant>().IgnoreQueryFilters().Where(p => p.UserId == userId && threads.Contains(p.ThreadId)).ToListAsync(stop));
    }

    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        while (await db.Set<MessageRevision>().IgnoreQueryFilters().Where(r => r.OrganizationId == organizationId).Take(StepSize).ExecuteDeleteAsync(stop) > 0)
        {
        }
        // Answers before what they answer to.
        while (await db.Set<Message>().IgnoreQueryFilters().Where(m => m.OrganizationId == organizationId).OrderByDescending(m => m.Id).Take(StepSize).ExecuteDeleteAsync(stop) > 0)
        {
        }
        var threads = db.Set<ChatThread>().IgnoreQueryFilters().Where(t => t.OrganizationId == organizationId);
        await db.Set<ReadMark>().IgnoreQueryFilters().Where(mark => threads.Any(t => t.Id == mark.ThreadId)).ExecuteDeleteAsync(stop);
        await db.Set<ThreadParticipant>().IgnoreQueryFilters().Where(p => threads.Any(t => t.Id == p.ThreadId)).ExecuteDeleteAsync(stop);
        await threads.ExecuteDeleteAsync(stop);
    }
}
