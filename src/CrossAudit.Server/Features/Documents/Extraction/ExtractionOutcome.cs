namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>How the parsing of one file ended. Reasons are sentences for the user.</summary>
internal abstract record ExtractionOutcome
{
    private ExtractionOutcome()
    {
    }

    /// <summary>The result file holds the fragments.</summary>
    /// <param name="Fragments">How many, at least one.</param>
    /// <param name="Characters">The length of the document's text in UTF-16 code units, separators included.</param>
    /// <param name="Language">The language of most of the text, a BCP 47 tag; null if none prevails.</param>
    /// <param name="Omitted">What of the file could not be read and why, a sentence for the user; null if all was read.</param>
    public sealed record Extracted(int Fragments, int Characters, string? Language = null, string? Omitted = null) : ExtractionOutcome;

    /// <summary>The file is sound but holds no text, or is of a type that none is read from. There is no result file.</summary>
    public sealed record Unsupported(string Reason) : ExtractionOutcome;

    /// <summary>The file is damaged, locked or beyond the limits. There is no result file.</summary>
    public sealed record Failed(string Reason) : ExtractionOutcome;
}
