namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>
/// BM25 with k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), with its extension to
/// weighted fields: what a word counts in each is summed before it saturates, and the passage's length counts for its own words and headings.
/// </summary>
internal readonly struct Bm25(long passages, long words)
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly double _meanLength = Math.Max(1, (double)words / Math.Max(1, passages));

    /// <summary>What a word is worth that stands in so many passages: the rarer, the more.</summary>
    public double Rarity(int frequency) => Math.Log(1 + (Math.Max(passages, frequency) - frequency + 0.5) / (frequency + 0.5));

    /// <summary>A word's weight in a passage, relative to that of one in a passage of mean length.</summary>
    public double Normal(double weight, int length) => weight / (1 - B + B * length / _meanLength);

    /// <summary>What so much of a word adds to the score: each time less, up to k1 + 1 times its rarity.</summary>
    public static double Score(double rarity, double weight) => rarity * (K1 + 1) * weight / (K1 + weight);
}
