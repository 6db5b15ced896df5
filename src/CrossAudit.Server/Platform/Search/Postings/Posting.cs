namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>That a word stands in a passage.</summary>
/// <param name="Number">The passage.</param>
/// <param name="Weight">How much it counts there: <see cref="Weights"/> for each time it stands there.</param>
/// <param name="Length">How many words the passage has, without stop words.</param>
internal readonly record struct Posting(long Number, int Weight, int Length);

/// <summary>What a word counts, by where it stands.</summary>
internal static class Weights
{
    /// <summary>In the passage itself. The others are relative to it.</summary>
    public const int Text = 2;

    /// <summary>In one of the headings above the passage.</summary>
    public const int Heading = 3;

    /// <summary>In the title.</summary>
    public const int Title = 6;
}
