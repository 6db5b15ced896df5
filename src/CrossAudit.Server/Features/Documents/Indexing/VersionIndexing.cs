using System.ComponentModel;
using System.Globalization;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings;
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
    private const long WorthTelling = 256 * 1024;

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
            await TellAsync(row, "Its text is being read.", stop);
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
        TakenApart? text = null;
        if (outcome is ExtractionOutcome.Extracted { Fragments: var count, Language: var language })
        {
            await TellAsync(row, string.Create(CultureInfo.InvariantCulture, $"Its text is read; {count} passages are being indexed."), stop);
            text = await FragmentWriting.TakeApartAsync(await places.PlaceAsync(count, stop), ExtractorPool.ReadResultAsync(result, stop), language, stop);
        }
        for (var settled = false; !settled;)
        {
            var searched = await index.FindSearchedAsync(row.DocumentId, stop);
            settled = await db.WriteAsync(() => TrySettleAsync(row, outcome, result, text, searched, stop), stop);
        }
        await signal.SettledAsync(row.DocumentId);
    }

    // How far it is, for whoever waits. A small version is through before anybody has looked.
    private Task TellAsync(DocumentVersion row, string stage, CancellationToken stop) => row.FileSize < WorthTelling
        ? Task.CompletedTask
        : db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).Where(d => d.Id == row.DocumentId && d.CurrentVersion == row.Number && d.Status == DocumentStatus.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.StatusDetail, stage).SetProperty(d => d.Revision, d => d.Revision + 1), stop);

    private async Task<bool> TrySettleAsync(DocumentVersion row, ExtractionOutcome outcome, string result, TakenApart? text, SearchedVersion searched, CancellationToken stop)
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
            await db.Set<VersionFindings>().IgnoreQueryFilters([Filters.Deleted]).Where(f => f.VersionId == row.Id).ExecuteDeleteAsync(stop);
        }
        db.Attach(row);
        (row.DueAt, row.Place) = (null, text?.Index.Place);
        var (status, reason) = outcome switch
        {
            ExtractionOutcome.Extracted extracted => (DocumentStatus.Indexed, extracted.Omitted),
            ExtractionOutcome.Unsupported(var why) => (DocumentStatus.Unsupported, why),
            ExtractionOutcome.Failed(var why) => (DocumentStatus.Failed, why),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
        if (document.CurrentVersion == row.Number)
            (document.Status, document.StatusDetail, document.IndexedAt) = (status, reason, status == DocumentStatus.Indexed ? clock.GetUtcNow() : null);
        if (document.SearchedVersion <= row.Number)
            (document.SearchedVersion, document.SuggestedSensitivityLevel) = (row.Number, text is null ? null : LabelSuggestion.Of(text.Found.Counts));
        row.Language = (outcome as ExtractionOutcome.Extracted)?.Language;
        if (text is not null)
            db.Add(new VersionFindings { VersionId = row.Id, OrganizationId = row.OrganizationId, Found = text.Found.ToJson() });
        audit.Record(outcome is ExtractionOutcome.Extracted { Fragments: var count } ? DocumentAudit.Indexed(row, count, text!.Found) : DocumentAudit.IndexingFailed(row, status, reason!));
        await db.SaveChangesAsync(stop);
        await index.ReplaceAsync(document, row, text?.Index, searched, stop);
        if (text is not null)
            await fragments.WriteAsync(row, ExtractorPool.ReadResultAsync(result, stop), stop);
        return true;
    }
}
