using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Where threads stand, for questions about access.</summary>
internal sealed class PlacedThreads : IPlacedResource
{
    public string ResourceType => "thread";

    public Task<ResourcePlace?> FindAsync(AppDbContext db, Guid id, CancellationToken stop) => db.Set<ChatThread>().Where(t => t.Id == id)
        .Select(t => new ResourcePlace(t.DepartmentId, null, t.IsPrivate ? t.Participants.Select(p => p.UserId).ToList() : null)).SingleOrDefaultAsync(stop);
}
