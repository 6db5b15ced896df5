using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Log;

/// <summary>What the audit trail says of one document: how it came to be what it is, and who has had to do with it.</summary>
internal sealed class DocumentLog(AppDbContext db, AuditTrail audit)
{
    /// <summary>What makes a document's history. Reads, refusals and the work of indexing are not part of it.</summary>
    private static readonly string[] Changes =
    [
        AuditActions.DocumentCreated, AuditActions.DocumentUpdated, AuditActions.DocumentDeleted, AuditActions.DocumentRestored, AuditActions.DocumentVersionAdded,
        AuditActions.DocumentVersionRestored, AuditActions.DocumentRetentionChanged, AuditActions.DocumentLegalHoldPlaced, AuditActions.DocumentLegalHoldReleased,
    ];

    /// <summary>Its changes, newest first, for whoever may read it; null if there is no such document.</summary>
    public async Task<Page<DocumentChangeView>?> HistoryAsync(Guid documentId, PageRequest page, CancellationToken stop)
    {
        if (await LabelAsync(documentId, stop) is not { } label)
            return null;
        // Of a time when it was labelled higher than now, somebody may see that there was a change, and not which.
        return await Events(documentId).Where(e => EF.Parameter(Changes).Contains(e.Action)).NewestFirstAsync(
            page,
            e => new DocumentChangeView
            {
                Id = e.Id,
                Action = e.Action,
                ActorUserId = e.ActorUserId,
                Changes = e.Sensitivity == null || e.Sensitivity <= label ? e.Changes : null,
                Metadata = e.Sensitivity == null || e.Sensitivity <= label ? e.Metadata : null,
                CreatedAt = e.CreatedAt,
            },
            e => new Cursor(e.CreatedAt, e.Id),
            stop);
    }

    /// <summary>All that was done to it or asked of it, newest first; null if there is no such document. To read it is an event too.</summary>
    public async Task<Page<AuditLogView>?> AccessAsync(Guid documentId, PageRequest page, CancellationToken stop)
    {
        if (await LabelAsync(documentId, stop) is not { } label)
            return null;
        var found = await Events(documentId).NewestFirstAsync(page, AuditViews.View(label > db.Clearance ? label : db.Clearance), e => new Cursor(e.CreatedAt, e.Id), stop);
        audit.Record(AuditEntry.On(AuditActions.AuditRead, "document", documentId) with { Metadata = new() { ["events"] = found.Items.Count } });
        await db.SaveChangesAsync(stop);
        return found;
    }

    private Task<SensitivityLevel?> LabelAsync(Guid documentId, CancellationToken stop) =>
        db.Set<Document>().AsNoTracking().Where(d => d.Id == documentId).Select(d => (SensitivityLevel?)d.SensitivityLevel).SingleOrDefaultAsync(stop);

    private IQueryable<AuditEvent> Events(Guid documentId)
    {
        var id = documentId.ToString();
        return db.Set<AuditEvent>().AsNoTracking().Where(e => e.ResourceId == id && e.ResourceType == "document");
    }
}
