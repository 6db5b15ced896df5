using System.ComponentModel;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>
/// Takes the text out of a new version and makes it searchable. Extraction comes first, outside any transaction; then fragments, index entries,
/// status and audit event appear together.
/// </summary>
internal sealed class VersionIndexing(
    AppDbContext db, CurrentActor current, AuditTrail audit, BlobVault blobs, ExtractorPool extractors, SearchIndex places, DocumentIndex index, FragmentWriting fragments, IndexingSignal signal, Settings settings,
    TimeProvider clock)
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
            await SettleAsync(row, outcome, result, stop);
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
        await SettleAsync(row, new ExtractionOutcome.Failed("The text could not be extracted after several attempts."), "", stop);
    }

    private async Task CopyAsync(DocumentVersion version, string path, CancellationToken stop)
    {
        await using var blob = await blobs.OpenAsync(version.OrganizationId, version.BlobId, stop);
        await using var copy = File.Create(path);
        await blob.CopyToAsync(copy, stop);
    }

    private async Task SettleAsync(DocumentVersion row, ExtractionOutcome outcome, string result, CancellationToken stop)
    {
        var text = outcome is ExtractionOutcome.Extracted { Fragments: var count, Language: var language }
            ? await FragmentWriting.TakeApartAsync(await places.PlaceAsync(count, stop), ExtractorPool.ReadResultAsync(result, stop), language, stop)
            : null;
        for (var settled = false; !settled;)
        {
            var searched = await index.FindSearchedAsync(row.DocumentId, stop);
            settled = await db.WriteAsync(() => TrySettleAsync(row, outcome, result, text, searched, stop), stop);
        }
        await signal.SettledAsync(row.DocumentId);
    }

    private async Task<bool> TrySettleAsync(DocumentVersion row, ExtractionOutcome outcome, string result, IndexedText? text, SearchedVersion searched, CancellationToken stop)
    {
        // A document in the bin is indexed all the same: it may be taken back.
        var document = await db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).SingleAsync(d => d.Id == row.DocumentId, stop);
        if (searched.Number != document.SearchedVersion)
        {
            // Another version has come first. Its text is to be taken apart too, and not in here.
            db.ChangeTracker.Clear();
            return false;
        }
        if (row.Place is not null)
        {
            // It is indexed once more: what the time before has left goes first.
            await index.RemoveAsync(document, row, stop);
            await db.Set<Fragment>().IgnoreQueryFilters([Filters.Deleted]).Where(f => f.VersionId == row.Id).ExecuteDeleteAsync(stop);
        }
        db.Attach(row);
        (row.DueAt, row.Place) = (null, text?.Place);
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
        row.Language = (outcome as ExtractionOutcome.Extracted)?.Language;
        audit.Record(outcome is ExtractionOutcome.Extracted { Fragments: var count } ? DocumentAudit.Indexed(row, count) : DocumentAudit.IndexingFailed(row, status, reason!));
        await db.SaveChangesAsync(stop);
        await index.ReplaceAsync(document, row, text, searched, stop);
        if (text is not null)
            await fragments.WriteAsync(row, ExtractorPool.ReadResultAsync(result, stop), stop);
        return true;
    }
}
