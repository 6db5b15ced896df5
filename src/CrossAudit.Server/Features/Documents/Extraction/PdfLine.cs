using System.Text;
using UglyToad.PdfPig.DocumentLayoutAnalysis;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The text of a line of a PDF, from the letters as they stand on the page.</summary>
internal static class PdfLine
{
    public static string TextOf(TextLine line)
    {
        if (!line.Words.Any(word => word.Letters.Any(letter => VisualOrder.IsRightToLeft(letter.Value))))
            return Ligatures.Spell(string.Join(' ', line.Words.Select(word => word.Text)));

        var glyphs = new List<string>();
        foreach (var word in line.Words.OrderBy(word => word.BoundingBox.Left))
        {
            if (glyphs.Count > 0)
                glyphs.Add(" ");
            glyphs.AddRange(word.Letters.Select(letter => letter.Value));
        }

        return Ligatures.Spell(VisualOrder.ToLogical(glyphs));
    }

    /// <summary>
    /// Adds a line to its paragraph. A word broken at the line's end is put together again, or search would never find it;
    /// the hyphen goes only between small letters ("repre-sentation", not "Anti-Trust").
    /// </summary>
    public static void Append(StringBuilder paragraph, string line)
    {
        if (line.Length == 0)
            return;
        if (paragraph is [.., var before, '-' or '\u00AD' or '\u2010'] && char.IsLower(before) && char.IsLower(line[0]))
            paragraph.Length--;
        else if (paragraph.Length > 0 && paragraph[^1] != ' ')
            paragraph.Append(' ');
        paragraph.Append(line);
    }
}
