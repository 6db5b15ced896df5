namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>How sure an extracted text is, from 0 to 1, by how it came about.</summary>
internal static class Confidence
{
    /// <summary>The format itself says what is a paragraph, a heading, a table, and how letters are encoded.</summary>
    public const double Stated = 1.0;

    /// <summary>Words, lines and paragraphs were inferred from where a PDF puts its letters on the page.</summary>
    public const double InferredFromLayout = 0.9;

    /// <summary>The cells of a table were inferred as well, from the lines that a PDF draws around its words.</summary>
    public const double InferredTable = 0.8;

    /// <summary>The encoding was guessed by statistics: accents or whole alphabets may be wrong.</summary>
    public const double GuessedEncoding = 0.7;

    public static double Of(TextEncoding encoding) => encoding.IsGuessed ? GuessedEncoding : Stated;

    /// <summary>Letters that could not be read (U+FFFD) take away: a tenth of them halves the score.</summary>
    public static double Reduce(double score, string content)
    {
        var unread = content.AsSpan().Count('\uFFFD');
        return unread == 0 ? score : Math.Round(score * Math.Max(0.1, 1 - (5.0 * unread / content.Length)), 3);
    }
}
