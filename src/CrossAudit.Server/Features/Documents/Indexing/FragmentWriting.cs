using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>What becomes of extracted fragments: rows, and entries of the index.</summary>
internal sealed class FragmentWriting(AppDbContext db, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Takes fragments apart for the index, and looks through them. Nothing is written.</summary>
    public static async Task<TakenApart> TakeApartAsync(IndexPlace place, IAsyncEnumerable<ExtractedFragment> fragments, string? language, CancellationToken stop)
    {
        var (text, findings) = (new IndexedText(place), new TextFindings());
        await foreach (var fragment in fragments.WithCancellation(stop))
        {
            text.AddPassage(fragment.ParagraphNumber, fragment.Content, fragment.HeadingPath, LanguageOf(fragment, language));
            findings.Add(fragment, LanguageOf(fragment, language));
        }
        return new TakenApart(text, findings.Found);
    }

    /// <summary>Writes the rows in the running transaction.</summary>
    /// <param name="version">The version that they belong to.</param>
    /// <param name="fragments">The fragments in their order.</param>
    /// <param name="stop">Stops it.</param>
    public async Task WriteAsync(DocumentVersion version, IAsyncEnumerable<ExtractedFragment> fragments, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await foreach (var batch in fragments.Chunk(BatchSize).WithCancellation(stop))
        {
            db.ChangeTracker.Clear();
            db.AddRange(batch.Select(fragment => ToRow(fragment, version, now)));
            await db.SaveChangesAsync(stop);
        }
    }

    private static Fragment ToRow(ExtractedFragment fragment, DocumentVersion version, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Number = Passage.Number(version.IndexedText!.Value, fragment.ParagraphNumber),
        OrganizationId = version.OrganizationId,
        DocumentId = version.DocumentId,
        VersionId = version.Id,
        VersionNumber = version.Number,
        Content = fragment.Content,
        PageNumber = fragment.PageNumber,
        ParagraphNumber = fragment.ParagraphNumber,
        FragmentType = fragment.Kind,
        HeadingPath = fragment.HeadingPath,
        Language = LanguageOf(fragment, version.Language),
        ConfidenceScore = fragment.ConfidenceScore,
        CharStart = fragment.CharStart,
        CharEnd = fragment.CharEnd,
        CreatedAt = now,
    };

    // A passage too short to tell its language has the document's.
    private static string? LanguageOf(ExtractedFragment fragment, string? document) => fragment.Language ?? (fragment.Kind == FragmentType.Code ? null : document);
}

/// <summary>What is known of a version's text before anything of it is written.</summary>
/// <param name="Index">What the index keeps of it.</param>
/// <param name="Found">The personal and secret data in it.</param>
internal sealed record TakenApart(IndexedText Index, FoundData Found);
