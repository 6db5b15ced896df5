using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Lines that stand together on a page.</summary>
internal sealed class PdfBlock(TextBlock block)
{
    /// <summary>A line set in by this part of its height, or more, begins a paragraph.</summary>
    private const double MinIndent = 0.6;

    private readonly List<(string Text, double Left, double Height)> _lines =
        [.. block.TextLines.Select(line => (PdfLine.TextOf(line), line.BoundingBox.Left, line.BoundingBox.Height))];

    /// <summary>Null for running text; else its place among the headings, see <see cref="FragmentWriter.AddHeading"/>.</summary>
    public int? HeadingLevel { get; set; }

    /// <summary>Words to put before the first line, such as the number that stands in a heading's margin.</summary>
    public string? Label { get; set; }

    /// <summary>The text of a table by cells and rows; null if it is none.</summary>
    public string? Table { get; init; }

    public int Lines => _lines.Count;

    /// <summary>Whether the text runs up, down or upside down.</summary>
    public bool IsTurned => block.TextOrientation is not (TextOrientation.Horizontal or TextOrientation.Other);

    public double Top => block.BoundingBox.Top;

    public double Bottom => block.BoundingBox.Bottom;

    /// <summary>The size of most letters, in points.</summary>
    public double PointSize { get; } = block.TextLines.SelectMany(line => line.Words).SelectMany(word => word.Letters)
        .Where(letter => letter.PointSize > 0)
        .GroupBy(letter => Math.Round(letter.PointSize, 1))
        .MaxBy(size => size.Count())?.Key ?? 0;

    public int Letters { get; } = block.TextLines.SelectMany(line => line.Words).Sum(word => word.Letters.Count);

    public string Text => string.Join(' ', Paragraphs());

    /// <summary>Indented first lines part paragraphs that no gap parts.</summary>
    public IEnumerable<string> Paragraphs()
    {
        var text = new StringBuilder(Label is null ? "" : Label + " ");
        for (var i = 0; i < _lines.Count; i++)
        {
            if (i > 0 && BeginsParagraph(i))
            {
                yield return text.ToString();
                text.Clear();
            }

            PdfLine.Append(text, _lines[i].Text);
        }

        yield return text.ToString();
    }

    private bool BeginsParagraph(int line)
    {
        var (_, left, height) = _lines[line];
        var (previous, previousLeft, _) = _lines[line - 1];
        return left - block.BoundingBox.Left > height * MinIndent
            && previousLeft - block.BoundingBox.Left < height * MinIndent
            && previous.AsSpan().TrimEnd("\"”’») ") is [.., '.' or '!' or '?' or ':' or ';'];
    }
}
