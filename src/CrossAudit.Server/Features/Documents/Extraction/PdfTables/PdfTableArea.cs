using UglyToad.PdfPig.Content;

namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>The strip of a page between the ends of some level lines, in which tables may stand above each other.</summary>
internal sealed class PdfTableArea(PdfRules rules, double left, double right, List<Word> words)
{
    /// <summary>Narrower gaps are those between words, in points.</summary>
    private const double MinGap = 9;

    private readonly List<PdfRule> _uprights = rules.Upright.FindAll(rule => rule.At > left + PdfRules.Tolerance && rule.At < right - PdfRules.Tolerance);

    public double Left => left;

    public double Right => right;

    public List<Word> WordsBetween(double bottom, double top) =>
        words.FindAll(word => word.BoundingBox.Centroid.Y > bottom && word.BoundingBox.Centroid.Y < top);

    public List<PdfRule> Levels(double bottom, double top) => rules.Level.FindAll(rule =>
        rule.At > bottom - PdfRules.Tolerance && rule.At < top + PdfRules.Tolerance && rule.To > left + PdfRules.Tolerance && rule.From < right - PdfRules.Tolerance);

    /// <summary>Whether an upright line parts what stands left and right of a place, at a height.</summary>
    public bool IsParted(double x, double y) => _uprights.Exists(rule => Math.Abs(rule.At - x) < PdfRules.Tolerance && rule.Passes(y));

    /// <summary>Runs of bands that share their columns.</summary>
    /// <param name="lines">The heights of the level lines, from below.</param>
    /// <param name="maxBand">The greatest height of a band.</param>
    /// <param name="minLines">How many lines there must be where gaps make the columns.</param>
    public IEnumerable<(List<double> Lines, List<double>? Columns)> Tables(List<double> lines, double maxBand, int minLines)
    {
        for (var i = lines.Count - 1; i > 0;)
        {
            var last = i;
            while (last > 0 && lines[last] - lines[last - 1] < maxBand && HasUpright(lines[last - 1], lines[last]))
                last--;
            if (last < i)
            {
                yield return (lines[last..(i + 1)], null);
                i = last;
                continue;
            }

            List<double>? columns = null;
            while (last > 0 && lines[last] - lines[last - 1] < maxBand && Gaps(lines[last - 1], lines[i]) is { Count: > 0 } gaps)
                (columns, last) = (gaps, last - 1);
            if (i - last + 1 >= minLines)
                yield return (lines[last..(i + 1)], columns);
            i = Math.Min(last, i - 1);
        }
    }

    public IEnumerable<double> Uprights(double bottom, double top) => _uprights.Where(rule => rule.From < top && rule.To > bottom).Select(rule => rule.At);

    private bool HasUpright(double bottom, double top) => _uprights.Exists(rule => rule.Passes((bottom + top) / 2));

    /// <summary>The middles of the gaps that no word between two heights reaches into.</summary>
    private List<double> Gaps(double bottom, double top)
    {
        var gaps = new List<double>();
        var reached = double.MaxValue;
        foreach (var word in WordsBetween(bottom, top).OrderBy(word => word.BoundingBox.Left))
        {
            if (word.BoundingBox.Left - reached > MinGap)
                gaps.Add((word.BoundingBox.Left + reached) / 2);
            reached = reached == double.MaxValue ? word.BoundingBox.Right : Math.Max(reached, word.BoundingBox.Right);
        }

        return gaps;
    }
}
