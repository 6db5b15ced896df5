using System.Text.RegularExpressions;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Takes short blocks in letters larger than the running text for headings; the larger, the higher. What stands in the
/// margin above or below is a running head, which says nothing about the text that follows.
/// </summary>
internal sealed partial class PdfHeadings
{
    /// <summary>How much larger than the running text, as a factor.</summary>
    private const double MinFactor = 1.15;

    /// <summary>The part of a page's height above and below that is margin.</summary>
    private const double Margin = 0.07;

    private const int MaxLines = 3;
    private const int MaxLetters = 200;

    /// <summary>Letters seen so far by their size in points. The most frequent size is that of the running text.</summary>
    private readonly Dictionary<double, int> _sizes = [];

    public List<PdfBlock> Read(IReadOnlyList<PdfBlock> page, double pageHeight)
    {
        foreach (var block in page)
            _sizes[block.PointSize] = _sizes.GetValueOrDefault(block.PointSize) + block.Letters;

        var blocks = WithLabels(page);
        foreach (var block in blocks.Where(block => IsHeading(block, pageHeight)))
            block.HeadingLevel = -(int)Math.Round(block.PointSize * 2);
        return blocks;
    }

    /// <summary>A heading's number often stands apart from its words; it goes before the block on the same line.</summary>
    private static List<PdfBlock> WithLabels(IReadOnlyList<PdfBlock> page)
    {
        var blocks = new List<PdfBlock>(page.Count);
        for (var i = 0; i < page.Count; i++)
        {
            var (block, next) = (page[i], i + 1 < page.Count ? page[i + 1] : null);
            if (next is { Lines: <= MaxLines, Table: null } && block.Lines == 1 && Number().IsMatch(block.Text) && SameLine(block, next))
                next.Label = block.Text;
            else
                blocks.Add(block);
        }

        return blocks;
    }

    private static bool SameLine(PdfBlock number, PdfBlock words) =>
        number.Bottom < words.Top
        && number.Top > words.Bottom
        && words.Top - number.Top < number.Top - number.Bottom
        && Math.Abs(number.PointSize - words.PointSize) < 0.5;

    private bool IsHeading(PdfBlock block, double pageHeight) =>
        block.Table is null
        && block.Lines <= MaxLines
        && block.Letters <= MaxLetters
        && block.PointSize >= RunningSize() * MinFactor
        && !block.IsTurned
        && block.Bottom < pageHeight * (1 - Margin)
        && block.Top > pageHeight * Margin
        && block.Text.Count(char.IsLetter) is var letters && letters >= 2 && letters * 2 > block.Text.Length;

    private double RunningSize() => _sizes.MaxBy(size => size.Value).Key;

    [GeneratedRegex(@"\A(?:\d{1,3}|[A-Z])(?:\.\d{1,3}){0,4}\.?\z")]
    private static partial Regex Number();
}
