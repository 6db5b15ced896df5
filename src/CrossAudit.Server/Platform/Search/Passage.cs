namespace CrossAudit.Server.Platform.Search;

/// <summary>
/// How passages are numbered: the text they are of in the upper bits, their place in it in the lower ones. Place 0 is no passage but the text's title.
/// </summary>
internal static class Passage
{
    private const int PlaceBits = 20;

    /// <summary>The last place that a passage can have.</summary>
    public const int LastPlace = (1 << PlaceBits) - 1;

    public static long Number(long text, int place) => text << PlaceBits | (uint)place;

    public static long Text(long number) => number >> PlaceBits;
}

/// <summary>Where in the index a text is.</summary>
/// <param name="Text">Its number in its organization's index.</param>
/// <param name="Bucket">Which blocks hold its postings: texts that follow each other share them, up to a size.</param>
/// <param name="Opens">Whether it is the first in its bucket, so that there are no blocks yet. Not kept.</param>
internal readonly record struct IndexPlace(long Text, int Bucket, bool Opens = false);

/// <summary>Which index of an organization: each has statistics of its own.</summary>
internal enum Corpus
{
    /// <summary>The newest versions of documents.</summary>
    Current = 0,

    /// <summary>The versions before.</summary>
    History = 1,

    /// <summary>The titles of what is in <see cref="Current"/>, which count for each of its passages.</summary>
    Titles = 2,
}
