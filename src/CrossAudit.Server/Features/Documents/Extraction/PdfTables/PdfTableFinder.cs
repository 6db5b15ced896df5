using UglyToad.PdfPig.Content;

namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>
/// Finds the tables that are drawn with lines: level lines of one width, one above the other, whose bands upright lines or
/// gaps part into the same columns. A table without lines is not told from text in columns.
/// </summary>
internal static class PdfTableFinder
{
    /// <summary>Shorter lines underline words.</summary>
    private const double MinWidth = 60;

    /// <summary>Where gaps alone make the columns there must be more lines: a page in two columns may have one above and one below.</summary>
    private const int MinLinesWithoutUprights = 4;

    /// <summary>A band that takes more of the page than this is a page in columns.</summary>
    private const double MaxBand = 0.4;

    public static List<PdfTable> Find(IReadOnlyList<Word> words, Page page)
    {
        var rules = PdfRules.Of(page);
        var tables = new List<PdfTable>();
        foreach (var frame in Frames(rules))
        {
            var (left, right) = (frame.Min(rule => rule.From), frame.Max(rule => rule.To));
            var area = new PdfTableArea(rules, left, right, [.. words.Where(word => word.BoundingBox.Centroid.X >= left && word.BoundingBox.Centroid.X <= right)]);
            foreach (var lines in area.Tables(Neighbours.Places(frame.Select(rule => rule.At)), page.Height * MaxBand, MinLinesWithoutUprights))
            {
                if (PdfTable.Read(area, lines.Lines, lines.Columns) is { } table && !tables.Exists(other => other.Overlaps(table)))
                    tables.Add(table);
            }
        }

        return tables;
    }

    /// <summary>Level lines that begin and end at the same places; the widest first, for cells may frame lines of their own.</summary>
    private static IEnumerable<List<PdfRule>> Frames(PdfRules rules) => rules.Level
        .Where(rule => rule.Length >= MinWidth)
        .OrderBy(rule => rule.From).ChunkBy((previous, next) => next.From - previous.From < PdfRules.Tolerance)
        .SelectMany(left => left.OrderBy(rule => rule.To).ChunkBy((previous, next) => next.To - previous.To < PdfRules.Tolerance))
        .Where(frame => frame.Count >= 2)
        .OrderByDescending(frame => frame[0].Length);
}
