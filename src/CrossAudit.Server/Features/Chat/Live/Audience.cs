using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>Who hears what happens in a thread.</summary>
/// <param name="DepartmentId">The department that the thread belongs to; null for the organization at large.</param>
/// <param name="People">The participants of a private thread; null for everybody who may read where the thread belongs.</param>
/// <param name="LastSequence">The sequence number given last when this was read.</param>
/// <param name="RemovedTo">Messages up to this number are no more.</param>
internal sealed record Audience(Guid OrganizationId, Guid ThreadId, Guid? DepartmentId, Guid[]? People, long LastSequence, long RemovedTo = 0)
{
    /// <summary>The label up to which content belongs in the thread; null where it has none.</summary>
    public SensitivityLevel? Label { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>The audience of a thread, or null if there is none that the actor may know of.</summary>
    public static async Task<Audience?> OfAsync(AppDbContext db, Guid threadId, CancellationToken stop)
    {
        var thread = await db.Set<ChatThread>().AsNoTracking().Where(t => t.Id == threadId)
            .Select(t => new { t.OrganizationId, t.DepartmentId, t.LastSequence, t.RemovedTo, t.SensitivityLevel, t.ArchivedAt, People = t.IsPrivate ? t.Participants.Select(p => p.UserId).ToList() : null })
            .SingleOrDefaultAsync(stop);
        return thread is null ? null : new Audience(thread.OrganizationId, threadId, thread.DepartmentId, thread.People?.ToArray(), thread.LastSequence, thread.RemovedTo)
        {
            Label = thread.SensitivityLevel,
            IsArchived = thread.ArchivedAt is not null,
        };
    }
}
