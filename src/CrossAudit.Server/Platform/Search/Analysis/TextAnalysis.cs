using System.Buffers;
using Lucene.Net.Analysis.TokenAttributes;

namespace CrossAudit.Server.Platform.Search.Analysis;

/// <summary>
/// Text into words: cut by the rules of Unicode (UAX #29), folded to small letters without accents, stemmed by the rules of the language, its stop words marked.
/// A text and a query come to the same words on either database, for neither takes part in it.
/// </summary>
internal static class TextAnalysis
{
    // Unicode's rules keep "end.Begin", "risk_level" and "don't" whole; people look for their parts. Blanks in their place keep every offset.
    private static readonly SearchValues<char> Joints = SearchValues.Create(".,:;'_·‧․﹒＇．：，﹕﹐﹔；’‘＿");

    /// <param name="text">Any text.</param>
    /// <param name="language">Its BCP 47 tag. English where it is not known.</param>
    public static IEnumerable<Token> Tokens(string text, string? language)
    {
        using var stream = LanguageAnalyzers.Of(language).GetTokenStream("", Parted(text));
        var (term, offset, increment) = (stream.GetAttribute<ICharTermAttribute>(), stream.GetAttribute<IOffsetAttribute>(), stream.GetAttribute<IPositionIncrementAttribute>());
        stream.Reset();
        for (var position = -1; stream.IncrementToken();)
        {
            position += increment.PositionIncrement;
            if (term.Length > 0)
                yield return new Token(term.ToString()!, position, offset.StartOffset, offset.EndOffset);
        }
        stream.End();
    }

    private static string Parted(string text) => !text.AsSpan().ContainsAny(Joints) ? text : string.Create(text.Length, text, (parted, whole) =>
    {
        whole.CopyTo(parted);
        parted.ReplaceAny(Joints, ' ');
    });
}
