namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>A passage that a query matches.</summary>
/// <param name="Number">See <see cref="Passage"/>.</param>
/// <param name="Score">BM25: the higher the better, without an upper bound.</param>
internal readonly record struct RankedPassage(long Number, double Score) : IComparable<RankedPassage>
{
    /// <summary>The better is the lesser: it comes first. Of equal ones that is the older.</summary>
    public int CompareTo(RankedPassage other) => other.Score.CompareTo(Score) is var order and not 0 ? order : Number.CompareTo(other.Number);
}

/// <summary>What a query matches.</summary>
/// <param name="Query">The query as it was read.</param>
/// <param name="Passages">All passages, in no order.</param>
internal sealed record Ranked(AnalyzedQuery Query, List<RankedPassage> Passages)
{
    /// <summary>So many of the best, the best first.</summary>
    public List<RankedPassage> Best(int count)
    {
        // The worst of the best so far is on top. Most of the others are worse and go no further.
        var best = new PriorityQueue<RankedPassage, RankedPassage>(Comparer<RankedPassage>.Create((one, other) => other.CompareTo(one)));
        foreach (var passage in Passages)
            if (best.Count < count)
                best.Enqueue(passage, passage);
            else if (passage.CompareTo(best.Peek()) < 0)
                best.EnqueueDequeue(passage, passage);
        return [.. best.UnorderedItems.Select(item => item.Element).Order()];
    }
}
