using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Data.FullText;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>Writes a version's fragments and their index entries, in the running transaction.</summary>
internal sealed class FragmentWriting(AppDbContext db, IFullTextSearch search, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Puts the fragments in place of any that an attempt before may have left.</summary>
    /// <param name="version">The version that they belong to.</param>
    /// <param name="fragments">The fragments in their order.</param>
    /// <param name="language">The document's language: that of passages too short to tell theirs.</param>
    /// <param name="stop">Stops it.</param>
    public async Task ReplaceAsync(DocumentVersion version, IAsyncEnumerable<ExtractedFragment> fragments, string? language, CancellationToken stop)
    {
        await search.RemoveAsync(db, FragmentIndex.Table, version.Id, stop);
        await db.Set<Fragment>().IgnoreQueryFilters([Filters.Deleted]).Where(f => f.VersionId == version.Id).ExecuteDeleteAsync(stop);
        var now = clock.GetUtcNow();
        await foreach (var batch in fragments.Chunk(BatchSize).WithCancellation(stop))
        {
            db.ChangeTracker.Clear();
            db.AddRange(batch.Select(fragment => ToRow(fragment, version, language, now)));
            await db.SaveChangesAsync(stop);
        }
        await search.AddAsync(db, FragmentIndex.Table, version.Id, stop);
    }

    private static Fragment ToRow(ExtractedFragment fragment, DocumentVersion version, string? language, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganizationId = version.OrganizationId,
        DocumentId = version.DocumentId,
        VersionId = version.Id,
        VersionNumber = version.Number,
        Content = fragment.Content,
        PageNumber = fragment.PageNumber,
        ParagraphNumber = fragment.ParagraphNumber,
        FragmentType = fragment.Kind,
        HeadingPath = fragment.HeadingPath,
        Language = fragment.Language ?? (fragment.Kind == FragmentType.Code ? null : language),
        ConfidenceScore = fragment.ConfidenceScore,
        CharStart = fragment.CharStart,
        CharEnd = fragment.CharEnd,
        CreatedAt = now,
    };
}
