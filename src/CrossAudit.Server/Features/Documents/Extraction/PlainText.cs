using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Plain text: blank lines part the paragraphs.</summary>
internal static partial class PlainText
{
    public static void Extract(string path, FragmentWriter fragments)
    {
        var (text, encoding) = TextFile.Read(path);
        fragments.Score = Confidence.Of(encoding);
        WriteParagraphs(FragmentType.Paragraph, text, fragments);
    }

    /// <summary>Writes a fragment for each stretch between blank lines; line breaks within it are kept.</summary>
    public static void WriteParagraphs(FragmentType kind, string text, FragmentWriter fragments)
    {
        var start = 0;
        foreach (var gap in BlankLines().EnumerateMatches(text))
        {
            fragments.Add(kind, text[start..gap.Index]);
            start = gap.Index + gap.Length;
        }

        fragments.Add(kind, text[start..]);
    }

    /// <summary>Ends before the next line's indent; a page break parts paragraphs as well.</summary>
    [GeneratedRegex(@"\r?\n(?:[ \t\u00A0\u3000]*\r?\n)+|\r(?:[ \t]*\r)+|\f", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();
}
