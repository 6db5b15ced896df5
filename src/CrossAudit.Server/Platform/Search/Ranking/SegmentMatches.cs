using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>Where a word or phrase of a query stands in one segment.</summary>
/// <param name="Block">A word's passages as they are stored; null where they had to be worked out.</param>
/// <param name="Postings">The passages that were worked out, of phrases and of what two languages read differently.</param>
/// <param name="Titles">The texts that have it in their title, with its weight there.</param>
internal sealed record SegmentMatches(StoredBlock? Block, IReadOnlyCollection<Posting> Postings, IReadOnlyDictionary<long, int> Titles)
{
    private static readonly Dictionary<long, int> NoTitles = [];

    public int Count => Block?.Passages ?? Postings.Count;

    public static SegmentMatches Of(QueryTerm term, Segment segment)
    {
        var titles = Titled(term, segment);
        if (term.Readings is [{ IsPhrase: false } word])
            return new SegmentMatches(segment.Word(word.Terms[0]), [], titles);
        // A passage that holds more than one of the readings counts once, as the one that weighs most.
        var found = new Dictionary<long, Posting>();
        foreach (var reading in term.Readings)
            foreach (var posting in Phrase.Find(reading, segment.Word, Weights.Text))
                if (!found.TryGetValue(posting.Number, out var known) || known.Weight < posting.Weight)
                    found[posting.Number] = posting;
        return new SegmentMatches(null, found.Values, titles);
    }

    private static Dictionary<long, int> Titled(QueryTerm term, Segment segment)
    {
        if (!term.Readings.Any(reading => reading.Terms.All(word => segment.Title(word) is not null)))
            return NoTitles;
        var titles = new Dictionary<long, int>();
        foreach (var reading in term.Readings)
            foreach (var posting in Phrase.Find(reading, segment.Title, Weights.Title))
                titles[Passage.Text(posting.Number)] = Math.Max(posting.Weight, titles.GetValueOrDefault(Passage.Text(posting.Number)));
        return titles;
    }
}
