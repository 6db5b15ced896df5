using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Upload;

/// <summary>How an upload ended.</summary>
internal abstract record UploadOutcome
{
    /// <param name="IsNew">False where the newest version has the same bytes already.</param>
    public sealed record Stored(UploadView View, bool IsNew) : UploadOutcome;

    public sealed record Missing : UploadOutcome;

    /// <summary>What stands against the document.</summary>
    public sealed record Refused(DocumentOutcome Why) : UploadOutcome;

    /// <summary>The bytes are of a type that is not governed here.</summary>
    /// <param name="Found">What they are, for people.</param>
    public sealed record TypeUnsupported(string Found) : UploadOutcome;

    /// <summary>Too many others added versions at the same moment.</summary>
    public sealed record Lost : UploadOutcome;
}

/// <summary>Makes received files versions of documents: the bytes first, then one transaction for all that is said of them.</summary>
internal sealed class UploadService(AppDbContext db, Actor actor, ResourceAccess access, DocumentService documents, AuditTrail audit, BlobVault blobs, IMessageBus bus, TimeProvider clock)
{
    // Each race that is lost is somebody else's version or indexing that is done.
    private const int MostRaces = 300;

    /// <summary>Creates a document with this content.</summary>
    public async Task<UploadOutcome> CreateAsync(ReceivedFile file, CreateDocumentRequest request, CancellationToken stop)
    {
        if (await documents.RefusalAsync(request, stop) is { } refused)
            return new UploadOutcome.Refused(refused);
        var content = await ContentSniffer.DetectAsync(file.Path, file.Filename, stop);
        if (!content.IsSupported)
            return new UploadOutcome.TypeUnsupported(content.Description);
        var blobId = await StoreAsync(file, stop);
        var document = documents.Add(request);
        var stored = AddVersion(document, file, content, blobId, null, null);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException gone) when (gone.IsBrokenReference())
        {
            return new UploadOutcome.Refused(new DocumentOutcome.DepartmentUnknown());
        }
        await bus.WakeAsync<DocumentVersion>();
        return stored;
    }

    /// <summary>Adds a version to a document.</summary>
    public async Task<UploadOutcome> AddVersionAsync(Guid documentId, ReceivedFile file, CancellationToken stop)
    {
        if (await NewestAsync(documentId, stop) is not var (document, newest))
            return new UploadOutcome.Missing();
        if (!await access.AllowsAsync(Contracts.Permissions.DocumentsWrite, "document", documentId, document.DepartmentId, stop))
            return new UploadOutcome.Refused(new DocumentOutcome.NotAllowed(Contracts.Permissions.DocumentsWrite));
        var content = await ContentSniffer.DetectAsync(file.Path, file.Filename, stop);
        if (!content.IsSupported)
            return new UploadOutcome.TypeUnsupported(content.Description);
        var blobId = await StoreAsync(file, stop);
        for (var race = 0; race < MostRaces; race++)
        {
            if (newest is not null && newest.ContentHash == file.Sha256)
                return new UploadOutcome.Stored(ViewOf(newest), IsNew: false);
            var stored = AddVersion(document, file, content, blobId, file.Field("change_description"), newest?.Id);
            if (await db.TrySaveAsync(stop))
            {
                await bus.WakeAsync<DocumentVersion>();
                return stored;
            }
            // Somebody else's version came first: this one follows it.
            if (await NewestAsync(documentId, stop) is not var (again, after))
                return new UploadOutcome.Missing();
            (document, newest) = (again, after);
        }
        return new UploadOutcome.Lost();
    }

    private async Task<(Document Document, DocumentVersion? Newest)?> NewestAsync(Guid id, CancellationToken stop) =>
        await db.Set<Document>().Include(d => d.Versions.Where(v => v.Number == v.Document.CurrentVersion)).SingleOrDefaultAsync(d => d.Id == id, stop) is { } document
            ? (document, document.Versions.SingleOrDefault())
            : null;

    private Task<Guid> StoreAsync(ReceivedFile file, CancellationToken stop) => blobs.KeepAsync(actor.OrganizationId, file.Sha256, file.Size, file.Path, stop);

    private UploadOutcome.Stored AddVersion(Document document, ReceivedFile file, DetectedContent content, Guid blobId, string? changeDescription, Guid? parentId)
    {
        var version = document.AddVersion(new StoredFile(file.Filename, content.MimeType, file.Size, file.Sha256, blobId), changeDescription, parentId, actor.RequiredUserId, clock.GetUtcNow());
        db.Add(version);
        audit.Record(DocumentAudit.VersionAdded(document, version));
        return new UploadOutcome.Stored(ViewOf(version), IsNew: true);
    }

    private static UploadView ViewOf(DocumentVersion version) => new()
    {
        DocumentId = version.DocumentId,
        VersionNumber = version.Number,
        Filename = version.Filename,
        Size = version.FileSize,
        MimeType = version.MimeType,
        Checksum = version.ContentHash,
    };
}
