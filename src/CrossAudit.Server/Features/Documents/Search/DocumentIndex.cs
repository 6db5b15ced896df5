using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>The version of a document that search finds.</summary>
/// <param name="Number">Its number; 0 if there is none.</param>
/// <param name="Indexed">What the index keeps of it; null if it has no text that could be found.</param>
internal sealed record SearchedVersion(int Number, IndexedVersion? Indexed);

/// <summary>A version in the index.</summary>
/// <param name="Text">What the index keeps of its text.</param>
/// <param name="Language">The language that most of it is in, and that its title is taken to be in.</param>
internal sealed record IndexedVersion(IndexedText Text, string? Language);

/// <summary>
/// What search knows of documents: the version that it finds stands in one corpus, under the document's title, and those before in another.
/// </summary>
internal sealed class DocumentIndex(AppDbContext db, SearchIndex index)
{
    /// <summary>What search finds of a document so far.</summary>
    public async Task<SearchedVersion> FindSearchedAsync(Guid documentId, CancellationToken stop) =>
        await Searched(documentId).SingleOrDefaultAsync(stop) is not { } version ? new SearchedVersion(0, null)
        : version.Place is null ? new SearchedVersion(version.Number, null)
        : new SearchedVersion(version.Number, await TakeApartAsync(version, stop));

    /// <summary>Lets search find a version, in the running transaction.</summary>
    /// <param name="document">Its document, as it will be saved.</param>
    /// <param name="version">The version.</param>
    /// <param name="text">Its text; null if it has none that can be found.</param>
    /// <param name="searched">The version that search found so far.</param>
    /// <param name="stop">Stops it.</param>
    public async Task ReplaceAsync(Document document, DocumentVersion version, IndexedText? text, SearchedVersion searched, CancellationToken stop)
    {
        var takesOver = document.SearchedVersion == version.Number;
        if (takesOver && searched.Number != version.Number && searched.Indexed is { } before)
        {
            await RemoveCurrentAsync(document.Title, before, stop);
            await index.AddAsync(Corpus.History, before.Text, stop);
        }
        if (text is null)
            return;
        if (takesOver)
            await index.AddAsync(Corpus.Titles, IndexedText.OfTitle(text.Place, document.Title, version.Language), stop);
        await index.AddAsync(takesOver ? Corpus.Current : Corpus.History, text, stop);
    }

    /// <summary>Lets search find a document by its new title, in the running transaction.</summary>
    public async Task RenameAsync(Document document, string before, CancellationToken stop)
    {
        if (await Searched(document.Id).SingleOrDefaultAsync(stop) is not { Place: { } place } version)
            return;
        await index.RemoveAsync(Corpus.Titles, IndexedText.OfTitle(place, before, version.Language), stop);
        await index.AddAsync(Corpus.Titles, IndexedText.OfTitle(place, document.Title, version.Language), stop);
    }

    /// <summary>Takes a version out of the index in the running transaction, while its fragments are still there to be read.</summary>
    public async Task RemoveAsync(Document document, DocumentVersion version, CancellationToken stop)
    {
        if (version.Place is null)
            return;
        var indexed = await TakeApartAsync(version, stop);
        if (document.SearchedVersion == version.Number)
            await RemoveCurrentAsync(document.Title, indexed, stop);
        else
            await index.RemoveAsync(Corpus.History, indexed.Text, stop);
    }

    private async Task RemoveCurrentAsync(string title, IndexedVersion indexed, CancellationToken stop)
    {
        await index.RemoveAsync(Corpus.Titles, IndexedText.OfTitle(indexed.Text.Place, title, indexed.Language), stop);
        await index.RemoveAsync(Corpus.Current, indexed.Text, stop);
    }

    private async Task<IndexedVersion> TakeApartAsync(DocumentVersion version, CancellationToken stop)
    {
        var text = new IndexedText(version.Place!.Value);
        var fragments = db.Set<Fragment>().IgnoreQueryFilters([Filters.Deleted]).AsNoTracking().Where(f => f.VersionId == version.Id).OrderBy(f => f.ParagraphNumber)
            .Select(f => new { f.ParagraphNumber, f.Content, f.HeadingPath, f.Language });
        await foreach (var fragment in fragments.AsAsyncEnumerable().WithCancellation(stop))
            text.AddPassage(fragment.ParagraphNumber, fragment.Content, fragment.HeadingPath, fragment.Language);
        return new IndexedVersion(text, version.Language);
    }

    // A document in the bin stays in the index: it may be taken back.
    private IQueryable<DocumentVersion> Searched(Guid documentId) => db.Set<DocumentVersion>().IgnoreQueryFilters([Filters.Deleted]).AsNoTracking()
        .Where(v => v.DocumentId == documentId && v.Number == v.Document.SearchedVersion);
}
