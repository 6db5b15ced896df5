using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Versions;

/// <summary>How a restoration ended.</summary>
internal abstract record RestoreOutcome
{
    /// <param name="IsNew">False where the newest version has the same bytes already.</param>
    public sealed record Done(VersionView Version, bool IsNew) : RestoreOutcome;

    public sealed record Refused(DocumentOutcome Why) : RestoreOutcome;
}

/// <summary>Makes an old version's content current again, as a new version.</summary>
internal sealed class VersionRestoring(AppDbContext db, Actor actor, ResourceAccess access, AuditTrail audit, IMessageBus bus, TimeProvider clock)
{
    // As with uploads: each race that is lost is somebody else's version that is done.
    private const int MostRaces = 300;

    public async Task<RestoreOutcome> RunAsync(Guid documentId, int number, IfMatch ifMatch, CancellationToken stop)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            if (await FindAsync(documentId, number, stop) is not var (document, old, newest))
                return new RestoreOutcome.Refused(new DocumentOutcome.Missing());
            if (!await access.AllowsAsync(Contracts.Permissions.DocumentsWrite, "document", documentId, document.DepartmentId, stop))
                return new RestoreOutcome.Refused(new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsWrite));
            if (!ifMatch.Allows(document.Revision))
                return new RestoreOutcome.Refused(new DocumentOutcome.Stale());
            if (newest.ContentHash == old.ContentHash)
                return new RestoreOutcome.Done(await ViewAsync(newest.Id, stop), IsNew: false);
            var version = document.Restore(old, actor.RequiredUserId, clock.GetUtcNow());
            db.Add(version);
            audit.Record(DocumentAudit.VersionRestored(document, old, version));
            if (!await db.TrySaveAsync(stop))
                continue;
            await bus.WakeAsync<DocumentVersion>();
            return new RestoreOutcome.Done(await ViewAsync(version.Id, stop), IsNew: true);
        }
        return new RestoreOutcome.Refused(new DocumentOutcome.Lost());
    }

    private async Task<(Document Document, DocumentVersion Old, DocumentVersion Newest)?> FindAsync(Guid id, int number, CancellationToken stop) =>
        await db.Set<Document>().Include(d => d.Versions.Where(v => v.Number == number || v.Number == v.Document.CurrentVersion)).SingleOrDefaultAsync(d => d.Id == id, stop) is { } document
        && document.Versions.Find(v => v.Number == number) is { } old
            ? (document, old, document.Versions.MaxBy(v => v.Number)!)
            : null;

    private Task<VersionView> ViewAsync(Guid id, CancellationToken stop) => db.Set<DocumentVersion>().AsNoTracking().Where(v => v.Id == id).Select(DocumentVersion.ToView).SingleAsync(stop);
}
