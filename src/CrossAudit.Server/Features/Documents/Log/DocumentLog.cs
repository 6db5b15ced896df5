using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Log;

/// <summary>What the audit trail says of one document: how it came to be what it is, and who has had to do with it.</summary>
internal sealed class DocumentLog(AppDbContext db, AuditPages pages, AuditTrail audit)
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
        return await pages.ReadAsync(Of(documentId, [.. Changes.Select(AuditTerms.Action)]), page, e => View(e, label), stop);
    }

    /// <summary>All that was done to it or asked of it, newest first; null if there is no such document. To read it is an event too.</summary>
    public async Task<Page<AuditLogView>?> AccessAsync(Guid documentId, PageRequest page, CancellationToken stop)
    {
        if (await LabelAsync(documentId, stop) is not { } label)
            return null;
        var found = await pages.ReadAsync(Of(documentId), page, e => e.ToView(label > db.Clearance ? label : db.Clearance), stop);
        audit.Record(AuditEntry.On(AuditActions.AuditRead, "document", documentId) with { Metadata = new() { ["events"] = found.Items.Count } });
        await db.SaveChangesAsync(stop);
        return found;
    }

    private Task<SensitivityLevel?> LabelAsync(Guid documentId, CancellationToken stop) =>
        db.Set<Document>().AsNoTracking().Where(d => d.Id == documentId).Select(d => (SensitivityLevel?)d.SensitivityLevel).SingleOrDefaultAsync(stop);

    private static AuditQuery Of(Guid documentId, params IReadOnlyList<string>[] more) =>
        new([[AuditTerms.Resource(documentId.ToString())], [AuditTerms.ResourceType("document")], .. more], null, null);

    // Of a time when it was labelled higher than now, somebody may see that there was a change, and not which.
    private static DocumentChangeView View(AuditEvent e, SensitivityLevel label) => new()
    {
        Id = e.Id,
        Action = e.Action,
        ActorUserId = e.ActorUserId,
        Changes = e.IsOpenTo(label) ? e.Changes : null,
        Metadata = e.IsOpenTo(label) ? e.Metadata : null,
        CreatedAt = e.CreatedAt,
    };
}
