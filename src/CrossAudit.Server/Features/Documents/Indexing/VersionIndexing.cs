using System.ComponentModel;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>
/// Takes the text out of a new version and makes it searchable. Extraction comes first, outside any transaction; then fragments, index entries,
/// status and audit event appear together.
/// </summary>
internal sealed class VersionIndexing(
    AppDbContext db, CurrentActor current, AuditTrail audit, BlobVault blobs, ExtractorPool extractors, FragmentWriting fragments, Settings settings, TimeProvider clock)
    : IWork<DocumentVersion>
{
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(5);

    public static int Concurrency => Math.Max(1, Environment.ProcessorCount / 2);

    // The parser judges files and has a time limit of its own: a store that hangs, a disk that is full and a process that cannot start are no file's fault.
    public static bool IsOwn(Exception failure) => !failure.IsOutage() && failure is not (OperationCanceledException or IOException or UnauthorizedAccessException or Win32Exception);

    public async Task RunAsync(DocumentVersion row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        Directory.CreateDirectory(settings.WorkDirectory);
        var source = Path.Combine(settings.WorkDirectory, $"extract-{row.Id:N}-{row.Attempts}");
        var result = source + ".ndjson";
        try
        {
            await CopyAsync(row, source, stop);
            var outcome = await extractors.ExtractAsync(source, row.MimeType, result, stop);
            await db.WriteAsync(() => SettleAsync(row, outcome, result, stop), stop);
        }
        finally
        {
            File.Delete(source);
            File.Delete(result);
        }
    }

    public async Task ParkAsync(DocumentVersion row, Exception cause, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        await db.WriteAsync(() => SettleAsync(row, new ExtractionOutcome.Failed("The text could not be extracted after several attempts."), "", stop), stop);
    }

    private async Task CopyAsync(DocumentVersion version, string path, CancellationToken stop)
    {
        await using var blob = await blobs.OpenAsync(version.OrganizationId, version.BlobId, stop);
        await using var copy = File.Create(path);
        await blob.CopyToAsync(copy, stop);
    }

    private async Task<bool> SettleAsync(DocumentVersion row, ExtractionOutcome outcome, string result, CancellationToken stop)
    {
        db.Attach(row);
        row.DueAt = null;
        // A document in the bin is indexed all the same: it may be taken back.
        var document = await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).SingleAsync(d => d.Id == row.DocumentId, stop);
        var (status, reason) = outcome switch
        {
            ExtractionOutcome.Extracted extracted => (DocumentStatus.Indexed, extracted.Omitted),
            ExtractionOutcome.Unsupported(var why) => (DocumentStatus.Unsupported, why),
            ExtractionOutcome.Failed(var why) => (DocumentStatus.Failed, why),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
        if (document.CurrentVersion == row.Number)
            (document.Status, document.StatusDetail, document.IndexedAt) = (status, reason, status == DocumentStatus.Indexed ? clock.GetUtcNow() : null);
        document.SearchedVersion = Math.Max(document.SearchedVersion, row.Number);
        audit.Record(outcome is ExtractionOutcome.Extracted { Fragments: var count } ? DocumentAudit.Indexed(row, count) : DocumentAudit.IndexingFailed(row, status, reason!));
        await db.SaveChangesAsync(stop);
        if (outcome is ExtractionOutcome.Extracted { Language: var language })
            await fragments.ReplaceAsync(row, ExtractorPool.ReadResultAsync(result, stop), language, stop);
        return true;
    }
}
