using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Retention;

/// <summary>Sets how long documents are kept, and holds them.</summary>
/// <remarks>
/// Neither touches <c>updated_at</c>: to decide about a document is not to change it, and a period that counts from its last change must not begin anew
/// because somebody held it. Who decided, and why, stands in the trail.
/// </remarks>
internal sealed class RetentionService(AppDbContext db, Actor actor, ResourceAccess access, AuditTrail audit)
{
    public async Task<DocumentOutcome> SetPolicyAsync(Guid id, SetRetentionRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<Document>().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } document)
            return new DocumentOutcome.Missing();
        if (await RefusalAsync(document, Permissions.DocumentsDelete, ifMatch, stop) is { } refused)
            return refused;
        if (request.Inherit)
        {
            document.RetentionSource = RetentionSources.Organization;
            document.Inherit(actor.Policy);
        }
        else
        {
            document.Retain(new RetentionPolicyView { RetentionPeriod = request.RetentionPeriod!.Value, AutoDelete = request.AutoDelete, StartsAt = request.StartsAt }, RetentionSources.Document);
        }
        return await SaveAsync(document, AuditActions.DocumentRetentionChanged, AuditSeverity.Info, request.Reason, ifMatch, stop);
    }

    /// <summary>Places a hold or ends it: the state that is there already is no event.</summary>
    public async Task<DocumentOutcome> SetHoldAsync(Guid id, SetLegalHoldRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        // What lies in the bin is what a hold has to save first.
        if (await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).SingleOrDefaultAsync(d => d.Id == id, stop) is not { } document)
            return new DocumentOutcome.Missing();
        if (await RefusalAsync(document, Permissions.DocumentsHold, ifMatch, stop) is { } refused)
            return refused;
        document.LegalHold = request.LegalHold!.Value;
        document.Schedule();
        var action = document.LegalHold ? AuditActions.DocumentLegalHoldPlaced : AuditActions.DocumentLegalHoldReleased;
        return await SaveAsync(document, action, AuditSeverity.Notice, request.Reason, ifMatch, stop);
    }

    private async Task<DocumentOutcome?> RefusalAsync(Document document, string permission, IfMatch ifMatch, CancellationToken stop)
    {
        if (!await access.AllowsAsync(permission, "document", document.Id, document.DepartmentId, stop))
            return new DocumentOutcome.NotAllowed(permission);
        return ifMatch.Allows(document.Revision) ? null : new DocumentOutcome.Stale();
    }

    private async Task<DocumentOutcome> SaveAsync(Document document, string action, string severity, string? reason, IfMatch ifMatch, CancellationToken stop)
    {
        db.ChangeTracker.DetectChanges();
        if (db.ChangesOf(document) is not { } changes)
            return new DocumentOutcome.Done(document.ToView());
        audit.Record(AuditEntry.On(action, "document", document.Id) with
        {
            Severity = severity,
            Sensitivity = document.SensitivityLevel,
            Changes = changes,
            Metadata = reason is null ? null : new() { ["reason"] = reason },
        });
        // The revision guards against a deletion at the same moment: one of the two is told to look again.
        if (await db.TrySaveAsync(stop))
            return new DocumentOutcome.Done(document.ToView());
        return ifMatch.IsConditional ? new DocumentOutcome.Stale() : new DocumentOutcome.Lost();
    }
}
