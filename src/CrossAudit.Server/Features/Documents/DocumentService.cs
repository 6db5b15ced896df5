using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Retention;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>How a change of a document ended.</summary>
internal abstract record DocumentOutcome
{
    public sealed record Done(Revised<DocumentView> Document) : DocumentOutcome;

    /// <summary>There is no such document, or none that the actor may know of.</summary>
    public sealed record Missing : DocumentOutcome;

    /// <summary>It has changed since the caller read it.</summary>
    public sealed record Stale : DocumentOutcome;

    /// <summary>Somebody else changed it at the same moment.</summary>
    public sealed record Lost : DocumentOutcome;

    /// <summary>The permission is held elsewhere, and not where the document is or would come to be.</summary>
    public sealed record NotAllowed(string Permission) : DocumentOutcome;

    /// <summary>The organization has no such department (any more).</summary>
    public sealed record DepartmentUnknown : DocumentOutcome;

    public sealed record AboveClearance : DocumentOutcome;

    public sealed record ReclassifyDenied : DocumentOutcome;

    public sealed record ReasonRequired : DocumentOutcome;

    public sealed record OnLegalHold : DocumentOutcome;
}

/// <summary>Documents and their metadata.</summary>
internal sealed class DocumentService(AppDbContext db, DocumentQueries queries, Actor actor, ResourceAccess access, DocumentIndex index, AuditTrail audit, TimeProvider clock)
{
    public async Task<Revised<DocumentView>?> FindAsync(Guid id, CancellationToken stop) =>
        await queries.ById(db, id, stop) is { } document ? document.ToView() : null;

    public async Task<DocumentOutcome> CreateAsync(CreateDocumentRequest request, CancellationToken stop)
    {
        if (await RefusalAsync(request, stop) is { } refused)
            return refused;
        var document = Add(request);
        try
        {
            await db.SaveChangesAsync(stop);
            return new DocumentOutcome.Done(document.ToView());
        }
        catch (DbUpdateException gone) when (gone.IsBrokenReference())
        {
            return new DocumentOutcome.DepartmentUnknown();
        }
    }

    /// <summary>What stands against a document that somebody would create; null if nothing does.</summary>
    public async Task<DocumentOutcome?> RefusalAsync(CreateDocumentRequest request, CancellationToken stop) =>
        await PlaceRefusalAsync(null, request.DepartmentId, request.SensitivityLevel, stop);

    /// <summary>Adds a document to the running unit of work.</summary>
    public Document Add(CreateDocumentRequest request)
    {
        var (now, clearance) = (clock.GetUtcNow(), actor.Access.ClearanceIn(request.DepartmentId));
        var document = new Document
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            DepartmentId = request.DepartmentId,
            Title = request.Title,
            Description = request.Description,
            DocumentType = request.DocumentType,
            SensitivityLevel = request.SensitivityLevel ?? (actor.Policy.DefaultSensitivity < clearance ? actor.Policy.DefaultSensitivity : clearance),
            Tags = [.. request.Tags.Distinct(StringComparer.Ordinal)],
            CreatedBy = actor.RequiredUserId,
            LastModifiedBy = actor.RequiredUserId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        document.Inherit(actor.Policy);
        db.Add(document);
        audit.Record(DocumentAudit.Created(document));
        return document;
    }

    public async Task<DocumentOutcome> UpdateAsync(Guid id, UpdateDocumentRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<Document>().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } document)
            return new DocumentOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.DocumentsWrite, "document", id, document.DepartmentId, stop))
            return new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsWrite);
        if (!ifMatch.Allows(document.Revision))
            return new DocumentOutcome.Stale();
        var department = request.DepartmentId.Or(document.DepartmentId);
        if (await PlaceRefusalAsync(document, department, request.SensitivityLevel ?? document.SensitivityLevel, stop) is { } misplaced)
            return misplaced;
        if (request.SensitivityLevel < document.SensitivityLevel && await LoweringRefusalAsync(document, request.SensitivityLevel.Value, request.Reason, stop) is { } refused)
            return refused;

        document.Title = request.Title.Or(document.Title)!;
        document.Description = request.Description.Or(document.Description);
        document.DocumentType = request.DocumentType.Or(document.DocumentType)!;
        document.SensitivityLevel = request.SensitivityLevel ?? document.SensitivityLevel;
        document.DepartmentId = department;
        document.Tags = request.Tags is { } tags ? [.. tags.Distinct(StringComparer.Ordinal)] : document.Tags;
        document.Inherit(actor.Policy);
        return await SaveAsync(document, AuditActions.DocumentUpdated, request.Reason, ifMatch, stop);
    }

    /// <summary>Moves a document to the bin, from which it can be taken back.</summary>
    public async Task<DocumentOutcome> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<Document>().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } document)
            return new DocumentOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.DocumentsDelete, "document", id, document.DepartmentId, stop))
            return new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsDelete);
        if (!ifMatch.Allows(document.Revision))
            return new DocumentOutcome.Stale();
        if (document.LegalHold)
            return new DocumentOutcome.OnLegalHold();
        var now = clock.GetUtcNow();
        (document.DeletedAt, document.DeletedBy, document.GraceUntil) = (now, actor.UserId, now.AddDays(actor.Policy.BinDays));
        return await SaveAsync(document, AuditActions.DocumentDeleted, null, ifMatch, stop);
    }

    /// <summary>Takes a document back from the bin.</summary>
    public async Task<DocumentOutcome> RestoreAsync(Guid id, CancellationToken stop)
    {
        // The bin is just what the filter hides.
        if (await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt != null, stop) is not { } document)
            return new DocumentOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.DocumentsDelete, "document", id, document.DepartmentId, stop))
            return new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsDelete);
        // Whoever takes it back has as long as the bin gives, should its retention be over.
        (document.DeletedAt, document.DeletedBy, document.GraceUntil) = (null, null, clock.GetUtcNow().AddDays(actor.Policy.BinDays));
        return await SaveAsync(document, AuditActions.DocumentRestored, null, default, stop);
    }

    // Where it is to stand: one writes there, and sees it there.
    private async Task<DocumentOutcome?> PlaceRefusalAsync(Document? document, Guid? department, SensitivityLevel? label, CancellationToken stop)
    {
        if (!actor.Access.Knows(department))
            return new DocumentOutcome.DepartmentUnknown();
        if (!await access.AllowsAsync(Contracts.Permissions.DocumentsWrite, "document", document?.Id, department, stop))
            return new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsWrite);
        if (label is null || label <= actor.Access.ClearanceIn(department))
            return null;
        await audit.DenyAsync(DocumentAudit.AboveClearance(document, label.Value), stop);
        return new DocumentOutcome.AboveClearance();
    }

    private async Task<DocumentOutcome?> LoweringRefusalAsync(Document document, SensitivityLevel label, string? reason, CancellationToken stop)
    {
        if (actor.Access.Allows(Contracts.Permissions.DocumentsReclassify, document.DepartmentId))
            return string.IsNullOrWhiteSpace(reason) ? new DocumentOutcome.ReasonRequired() : null;
        await audit.DenyAsync(DocumentAudit.ReclassifyDenied(document, label), stop);
        return new DocumentOutcome.ReclassifyDenied();
    }

    private async Task<DocumentOutcome> SaveAsync(Document document, string action, string? reason, IfMatch ifMatch, CancellationToken stop)
    {
        db.ChangeTracker.DetectChanges();
        // An update that changes nothing is no event, and leaves the revision as it was.
        if (db.ChangesOf(document) is not { } changes)
            return new DocumentOutcome.Done(document.ToView());
        // Of a label that was lowered the old one counts: the details are of the time before, too.
        var before = db.Entry(document).Property(d => d.SensitivityLevel).OriginalValue;
        document.Touch(actor.RequiredUserId, clock.GetUtcNow());
        audit.Record(AuditEntry.On(action, "document", document.Id) with { Sensitivity = document.SensitivityLevel > before ? document.SensitivityLevel : before, Changes = changes, Metadata = reason is null ? null : new() { ["reason"] = reason } });
        try
        {
            if (await TrySaveAsync(document, stop))
                return new DocumentOutcome.Done(document.ToView());
        }
        catch (DbUpdateException gone) when (gone.IsBrokenReference())
        {
            return new DocumentOutcome.DepartmentUnknown();
        }
        return ifMatch.IsConditional ? new DocumentOutcome.Stale() : new DocumentOutcome.Lost();
    }

    private Task<bool> TrySaveAsync(Document document, CancellationToken stop)
    {
        var title = db.Entry(document).Property(d => d.Title);
        if (!title.IsModified)
            return db.TrySaveAsync(stop);
        var before = title.OriginalValue;
        return db.WriteAsync(
            async () =>
            {
                var saved = await db.TrySaveAsync(stop);
                if (saved)
                    await index.RenameAsync(document, before, stop);
                return saved;
            },
            stop);
    }
}
