using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Analysis;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>Where in a text the words and phrases of a query stand.</summary>
internal static class Highlighting
{
    public static IReadOnlyList<Highlight> Find(string text, string? language, AnalyzedQuery query)
    {
        var tokens = TextAnalysis.Tokens(text, language).ToList();
        var places = tokens.ToLookup(token => token.Position, token => token);
        var found = new List<Highlight>();
        foreach (var reading in query.Wanted.SelectMany(term => term.Readings))
            foreach (var first in tokens.Where(token => token.Term == reading.Terms[0]))
                if (EndOf(reading, first, places) is { } end)
                    found.Add(new Highlight { Start = first.Start, End = end });
        return Merged(found);
    }

    private static int? EndOf(Reading reading, Token first, ILookup<int, Token> places)
    {
        var end = first.End;
        for (var i = 1; i < reading.Terms.Length; i++)
        {
            var next = places[first.Position + reading.Positions[i]].Where(token => token.Term == reading.Terms[i]).Select(token => (int?)token.End).FirstOrDefault();
            if (next is null)
                return null;
            end = Math.Max(end, next.Value);
        }
        return end;
    }

    private static List<Highlight> Merged(List<Highlight> found)
    {
        var merged = new List<Highlight>();
        foreach (var highlight in found.OrderBy(h => h.Start).ThenByDescending(h => h.End))
            if (merged.Count == 0 || highlight.Start >= merged[^1].End)
                merged.Add(highlight);
            else if (highlight.End > merged[^1].End)
                merged[^1] = merged[^1] with { End = highlight.End };
        return merged;
    }
}
