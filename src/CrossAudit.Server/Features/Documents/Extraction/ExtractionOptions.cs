namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The limits on parsing one file, and how many parsers stand ready.</summary>
internal sealed record ExtractionOptions
{
    /// <summary>How many files are parsed at once, each in its own process.</summary>
    public int Processes { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>The longest that one file may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The managed memory of a parser, in bytes.</summary>
    public long MemoryLimit { get; init; } = 512L * 1024 * 1024;

    /// <summary>The most text of one file, in UTF-16 code units.</summary>
    public int MaxCharacters { get; init; } = 20_000_000;

    public int MaxFragments { get; init; } = 100_000;

    /// <summary>The most that a parser may write, in bytes: far more than so much text takes, so only one that was taken over writes more.</summary>
    public long MaxResultBytes => (MaxCharacters * 6L) + (MaxFragments * 4096L);

    /// <summary>A parser without work ends after this time, at most twice that.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so many files a parser is replaced, so that what libraries leak does not add up.</summary>
    public int JobsPerProcess { get; init; } = 100;
}
