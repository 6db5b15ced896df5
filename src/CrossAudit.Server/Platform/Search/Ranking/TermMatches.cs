using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>Where a word or phrase of a query stands, segment by segment.</summary>
internal sealed class TermMatches
{
    private readonly SegmentMatches[] _segments;

    public TermMatches(QueryTerm term, IReadOnlyList<Segment> segments)
    {
        _segments = [.. segments.Select(segment => SegmentMatches.Of(term, segment))];
        Frequency = Math.Max(_segments.Sum(segment => segment.Count), _segments.Sum(segment => segment.Titles.Count));
    }

    /// <summary>How many passages it stands in, or titles if that is more.</summary>
    public int Frequency { get; }

    public SegmentMatches In(int segment) => _segments[segment];
}
