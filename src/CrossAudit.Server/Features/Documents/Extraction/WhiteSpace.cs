using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>White space that only lays out a source file and means nothing in the text.</summary>
internal static class WhiteSpace
{
    /// <summary>Every run of white space as one space, none at the ends. A no-break space is kept: somebody meant it.</summary>
    public static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '\u00A0' || !char.IsWhiteSpace(c))
                collapsed.Append(c);
            else if (collapsed.Length > 0 && collapsed[^1] != ' ')
                collapsed.Append(' ');
        }

        return collapsed.ToString().TrimEnd(' ');
    }
}
