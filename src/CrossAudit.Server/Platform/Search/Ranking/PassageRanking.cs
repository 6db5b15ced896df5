using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Analysis;
using CrossAudit.Server.Platform.Search.Postings;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>Ranks the passages of the context's organization for a query. What the actor may see of them is for the caller to tell.</summary>
internal sealed class PassageRanking(AppDbContext db)
{
    public async Task<Ranked> RankAsync(TextQuery text, bool history, CancellationToken stop)
    {
        Corpus[] corpora = history ? [Corpus.Current, Corpus.History] : [Corpus.Current];
        var statistics = await db.Set<CorpusStatistics>().AsNoTracking().Where(s => corpora.Contains(s.Corpus) && s.Passages > 0).OrderByDescending(s => s.Passages).ToListAsync(stop);
        var query = new AnalyzedQuery(text, [.. statistics.Select(s => s.Language).DefaultIfEmpty(LanguageAnalyzers.Default).Distinct()]);
        if (query.Wanted.Count == 0)
            return new Ranked(query, []);
        var segments = await Segment.ReadAsync(db, [.. corpora, Corpus.Titles], query, stop);
        return new Ranked(query, Score(query, segments, new Bm25(statistics.Sum(s => s.Passages), statistics.Sum(s => s.Words))));
    }

    private static List<RankedPassage> Score(AnalyzedQuery query, List<Segment> segments, Bm25 model)
    {
        var scores = new PassageScores([.. query.Wanted.Select(word => new TermMatches(word, segments))], [.. query.Excluded.Select(word => new TermMatches(word, segments))], query.All, model);
        var found = new List<RankedPassage>();
        for (var segment = 0; segment < segments.Count; segment++)
            scores.Collect(segment, found);
        return found;
    }
}
