using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Data.FullText;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>Finds passages: the index ranks them, and the query filters of fragments leave those that the actor may see.</summary>
internal sealed class FragmentSearch(AppDbContext db, IFullTextSearch index, AuditTrail audit)
{
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken stop)
    {
        var query = TextQuery.Parse(request.Query, request.Mode == "all");
        var hits = await FindAsync(request, query, stop);
        audit.Record(DocumentAudit.Searched(request, Math.Min(hits.Count, request.Limit), db.DocumentReach.Highest));
        await db.SaveChangesAsync(stop);
        return hits;
    }

    /// <summary>One hit more than asked for, if there is one: it tells whether a next page exists.</summary>
    private async Task<List<SearchHit>> FindAsync(SearchRequest request, TextQuery query, CancellationToken stop)
    {
        if (index.Match(db, FragmentIndex.Table, query) is not { } matches)
            return [];
        var found = await (
            from match in matches
            join fragment in Narrow(request) on match.Number equals fragment.Number
            orderby match.Score descending, fragment.Number
            select new { Fragment = fragment, fragment.Document.Title, fragment.Document.SensitivityLevel, fragment.Document.Tags, match.Score })
            .Skip(request.Offset).Take(request.Limit + 1).AsNoTracking().ToListAsync(stop);
        if (found.Count == 0)
            return [];
        var marked = await index.MarkAsync(db, FragmentIndex.Table, query, found.ConvertAll(hit => hit.Fragment.Number), stop);
        return found.ConvertAll(hit =>
        {
            var score = ToUnit(hit.Score);
            return new SearchHit
            {
                Fragment = hit.Fragment.ToView(hit.Title, hit.SensitivityLevel, hit.Tags),
                Score = score,
                Distance = 1 - score,
                Highlights = Highlights.Read(marked.GetValueOrDefault(hit.Fragment.Number)),
            };
        });
    }

    private IQueryable<Fragment> Narrow(SearchRequest request)
    {
        var fragments = db.Set<Fragment>().AsQueryable();
        if (!request.IncludeHistory)
            fragments = fragments.Where(f => f.VersionNumber == f.Document.SearchedVersion);
        if (request.MinConfidence is { } confidence)
            fragments = fragments.Where(f => f.ConfidenceScore >= confidence);
        if (request.DocumentTypes is { Count: > 0 } types)
            fragments = fragments.Where(f => types.Contains(f.Document.DocumentType));
        if (request.SensitivityLevels is { Count: > 0 } levels)
            fragments = fragments.Where(f => levels.Contains(f.Document.SensitivityLevel));
        if (request.DocumentIds is { Count: > 0 } ids)
            fragments = fragments.Where(f => ids.Contains(f.DocumentId));
        foreach (var tag in request.Tags ?? [])
            fragments = fragments.Where(f => f.Document.Tags.Contains(tag));
        return fragments;
    }

    // BM25 has no upper bound; this keeps its order and brings it between 0 and 1, the same for every query.
    private static double ToUnit(double score) => Math.Max(score, 0) / (1 + Math.Max(score, 0));
}
