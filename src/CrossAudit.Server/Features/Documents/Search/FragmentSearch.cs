using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Ranking;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>Finds passages: the index ranks them, and the query filters of fragments leave those that the actor may see.</summary>
internal sealed class FragmentSearch(AppDbContext db, PassageRanking ranking, AuditTrail audit)
{

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(SearchRequest request, CancellationToken stop)
    {
        var ranked = await ranking.RankAsync(TextQuery.Parse(request.Query, request.Mode == "all"), request.IncludeHistory, stop);
        var hits = await PageAsync(request, ranked, stop);
        audit.Record(DocumentAudit.Searched(request, Math.Min(hits.Count, request.Limit), db.DocumentReach.Highest));
        await db.SaveChangesAsync(stop);
        return hits;
    }

    /// <summary>One hit more than asked for, if there is one: it tells whether a next page exists.</summary>
    private async Task<IReadOnlyList<SearchHit>> PageAsync(SearchRequest request, Ranked ranked, CancellationToken stop)
    {
        // Mostly the best ones may all be seen, and one look is enough.
        if (request.Offset == 0 && await LoadAsync(request, ranked, ranked.Best(request.Limit + 1), stop) is var best && best.Count == Math.Min(request.Limit + 1, ranked.Passages.Count))
            return best;
        return await LoadAsync(request, ranked, [.. (await VisibleAsync(request, ranked, request.Offset + request.Limit + 1, stop)).Skip(request.Offset)], stop);
    }

    /// <summary>The best that the actor may see, by looks that go further each time.</summary>
    private async Task<List<RankedPassage>> VisibleAsync(SearchRequest request, Ranked ranked, int wanted, CancellationToken stop)
    {
        var visible = new List<RankedPassage>();
        for (int from = 0, to = 4 * wanted; from < ranked.Passages.Count && visible.Count < wanted; from = to, to *= 8)
        {
            var look = ranked.Best(to)[from..];
            var seen = (await Narrow(request, look).Select(f => f.Number).ToListAsync(stop)).ToHashSet();
            visible.AddRange(look.Where(passage => seen.Contains(passage.Number)).Take(wanted - visible.Count));
        }
        return visible;
    }

    private async Task<IReadOnlyList<SearchHit>> LoadAsync(SearchRequest request, Ranked ranked, List<RankedPassage> passages, CancellationToken stop)
    {
        if (passages.Count == 0)
            return [];
        var found = await Narrow(request, passages).Select(f => new { Fragment = f, f.Document.Title, f.Document.SensitivityLevel, f.Document.Tags }).AsNoTracking().ToDictionaryAsync(hit => hit.Fragment.Number, stop);
        return [.. passages.Where(passage => found.ContainsKey(passage.Number)).Select(passage =>
        {
            var (hit, score) = (found[passage.Number], passage.Score / (1 + passage.Score));
            return new SearchHit
            {
                Fragment = hit.Fragment.ToView(hit.Title, hit.SensitivityLevel, hit.Tags),
                // BM25 has no upper bound; this keeps its order and brings it between 0 and 1, the same for every query.
                Score = score,
                Distance = 1 - score,
                Highlights = Highlighting.Find(hit.Fragment.Content, hit.Fragment.Language, ranked.Query),
            };
        })];
    }

    private IQueryable<Fragment> Narrow(SearchRequest request, List<RankedPassage> passages)
    {
        var numbers = passages.ConvertAll(passage => passage.Number);
        var fragments = db.Set<Fragment>().Where(f => EF.Parameter(numbers).Contains(f.Number));
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
}
