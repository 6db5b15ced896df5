using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Retention.Disposals;

/// <summary>
/// Does what a document's retention says: moves it to the bin, and destroys what has been there long enough. Each step is one transaction with its audit event, and
/// looks once more whether it is still due: a hold that came in between wins.
/// </summary>
internal sealed class DocumentDisposal(
    AppDbContext db, CurrentActor current, DocumentIndex index, Signer signer, AuditTrail audit, IMessageBus bus, TimeProvider clock) : IWork<Document>
{
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(10);

    public static int Concurrency => 1;

    public async Task RunAsync(Document row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        // Before the transaction: where there is no key yet, making one is a transaction of its own.
        await signer.PrepareAsync(stop);
        var destroyed = await db.WriteAsync(() => StepAsync(row.Id, stop), stop);
        if (destroyed)
            await bus.WakeAsync<StoredBlob>();
    }

    // What cannot be destroyed today is tried again tomorrow: it is never given up, and the log says why.
    public Task ParkAsync(Document row, Exception cause, CancellationToken stop) => db.HandBackAsync(row, clock.GetUtcNow().AddDays(1));

    private async Task<bool> StepAsync(Guid id, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).SingleOrDefaultAsync(d => d.Id == id, stop) is not { } document)
            return false;
        document.Schedule();
        if (document.DueAt is null || document.DueAt > now)
        {
            var due = document.DueAt;
            await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).Where(d => d.Id == id && d.Revision == document.Revision).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, due), stop);
            return false;
        }
        if (document.DeletedAt is null)
            await BinAsync(document, now, stop);
        else
            await DestroyAsync(document, now, stop);
        return document.DeletedAt != now;
    }

    private async Task BinAsync(Document document, DateTimeOffset now, CancellationToken stop)
    {
        var settings = await db.Set<Organization>().Where(o => o.Id == document.OrganizationId).Select(o => o.Settings).SingleAsync(stop);
        (document.DeletedAt, document.DeletedBy, document.GraceUntil) = (now, null, now.AddDays(settings.BinDays));
        document.Schedule();
        audit.Record(AuditEntry.On(AuditActions.DocumentDeleted, "document", document.Id) with
        {
            Sensitivity = document.SensitivityLevel,
            Changes = new() { ["deleted_at"] = new JsonObject { ["from"] = null, ["to"] = TimestampConverter.ToText(now) } },
            Metadata = new() { ["retention_source"] = document.RetentionSource, ["retention_period"] = document.RetentionDays },
        });
        await db.SaveChangesAsync(stop);
    }

    private async Task DestroyAsync(Document document, DateTimeOffset now, CancellationToken stop)
    {
        var versions = await db.Set<DocumentVersion>().IgnoreQueryFilters([Filters.Deleted]).AsNoTracking().Where(v => v.DocumentId == document.Id).OrderBy(v => v.Number).ToListAsync(stop);
        var id = Guid.CreateVersion7(now);
        var certificate = signer.Sign(DisposalCertificate.Of(id, document, versions, now));
        // First the document's own row is locked: whoever changes it meanwhile loses, or has won and this is tried again.
        if (await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).Where(d => d.Id == document.Id && d.Revision == document.Revision).ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, d => d.Attempts), stop) == 0)
            throw new DbUpdateConcurrencyException("The document was changed while it was about to be destroyed.");
        foreach (var version in versions)
            await index.RemoveAsync(document, version, stop);
        await ForgetAsync(document, versions, now, stop);
        db.Add(new Disposal
        {
            Id = id,
            OrganizationId = document.OrganizationId,
            DocumentId = document.Id,
            DepartmentId = document.DepartmentId,
            SensitivityLevel = document.SensitivityLevel,
            Title = document.Title,
            DocumentType = document.DocumentType,
            Versions = versions.Count,
            Bytes = versions.Sum(v => v.FileSize),
            RetentionSource = document.RetentionSource,
            RetainedUntil = document.RetainedUntil,
            DeletedAt = document.DeletedAt!.Value,
            DeletedBy = document.DeletedBy,
            CreatedAt = now,
            Certificate = certificate.Note,
            PublicKey = certificate.VerifierKey,
        });
        audit.Record(AuditEntry.On(AuditActions.DocumentDisposed, "document", document.Id) with
        {
            Severity = AuditSeverity.Notice,
            Sensitivity = document.SensitivityLevel,
            Metadata = new() { ["disposal_id"] = id.ToString(), ["title"] = document.Title, ["versions"] = versions.Count, ["retention_source"] = document.RetentionSource },
        });
        await db.SaveChangesAsync(stop);
    }

    private async Task ForgetAsync(Document document, List<DocumentVersion> versions, DateTimeOffset now, CancellationToken stop)
    {
        await db.Set<Fragment>().IgnoreQueryFilters([Filters.Deleted]).Where(f => f.DocumentId == document.Id).ExecuteDeleteAsync(stop);
        await db.Set<DocumentVersion>().IgnoreQueryFilters([Filters.Deleted]).Where(v => v.DocumentId == document.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.ParentVersionId, (Guid?)null), stop);
        await db.Set<DocumentVersion>().IgnoreQueryFilters([Filters.Deleted]).Where(v => v.DocumentId == document.Id).ExecuteDeleteAsync(stop);
        await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).Where(d => d.Id == document.Id).ExecuteDeleteAsync(stop);
        db.Entry(document).State = EntityState.Detached;
        // The bytes go once no version of another document has them; looking after that is not left to the monthly inspection.
        var blobs = versions.ConvertAll(v => v.BlobId);
        await db.Set<StoredBlob>().Where(b => EF.Parameter(blobs).Contains(b.Id) && !db.Set<DocumentVersion>().IgnoreQueryFilters().Any(v => v.BlobId == b.Id)).ExecuteUpdateAsync(set => set.SetProperty(b => b.DueAt, now), stop);
    }
}
