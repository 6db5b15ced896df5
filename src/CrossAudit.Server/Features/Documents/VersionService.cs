using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>The bytes of a version, open for reading.</summary>
internal sealed record VersionContent(Stream Bytes, string Filename, string MimeType, string Sha256, DateTimeOffset CreatedAt);

/// <summary>Reads versions, their content and their fragments.</summary>
internal sealed class VersionService(AppDbContext db, AuditTrail audit, BlobVault blobs)
{
    /// <summary>The versions, newest first; null if there is no such document.</summary>
    public async Task<Page<VersionView>?> ListAsync(Guid documentId, PageRequest page, CancellationToken stop)
    {
        if (!await db.Set<Document>().AnyAsync(d => d.Id == documentId, stop))
            return null;
        return await db.Set<DocumentVersion>().AsNoTracking().Where(v => v.DocumentId == documentId).OrderByDescending(v => v.Number).InOrderAsync(page, DocumentVersion.ToView, stop);
    }

    public Task<VersionView?> FindAsync(Guid documentId, int number, CancellationToken stop) =>
        db.Set<DocumentVersion>().AsNoTracking().Where(v => v.DocumentId == documentId && v.Number == number).Select(DocumentVersion.ToView).SingleOrDefaultAsync(stop);

    /// <summary>Opens a version's bytes, the newest's where no number is given, and records that they were handed out.</summary>
    public async Task<VersionContent?> OpenAsync(Guid documentId, int? number, CancellationToken stop)
    {
        var version = await db.Set<DocumentVersion>().AsNoTracking().Include(v => v.Document)
            .SingleOrDefaultAsync(v => v.DocumentId == documentId && v.Number == (number ?? v.Document.CurrentVersion), stop);
        if (version is null)
            return null;
        var bytes = await blobs.OpenAsync(version.OrganizationId, version.BlobId, stop);
        audit.Record(DocumentAudit.Downloaded(version));
        await db.SaveChangesAsync(stop);
        return new VersionContent(bytes, version.Filename, version.MimeType, version.ContentHash, version.CreatedAt);
    }

    /// <summary>The passages that search knows, in the order of the text; null if there is no such document.</summary>
    public async Task<Page<FragmentView>?> FragmentsAsync(Guid documentId, PageRequest page, CancellationToken stop)
    {
        if (await db.Set<Document>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == documentId, stop) is not { } document)
            return null;
        var fragments = db.Set<Fragment>().AsNoTracking().Where(f => f.DocumentId == documentId && f.VersionNumber == document.SearchedVersion);
        var rows = await fragments.OrderBy(f => f.ParagraphNumber).ThenBy(f => f.Number).Skip(page.Offset).Take(page.Limit).ToListAsync(stop);
        return new Page<FragmentView>(rows.ConvertAll(f => f.ToView(document.Title, document.SensitivityLevel, document.Tags)), await fragments.CountAsync(stop));
    }
}
