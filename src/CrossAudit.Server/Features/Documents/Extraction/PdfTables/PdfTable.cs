using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;

namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>A table on a page, its words assigned to cells.</summary>
internal sealed class PdfTable
{
    /// <summary>More cells than this are squared paper.</summary>
    private const int MaxCells = 5_000;

    /// <summary>How many of the cells must hold something: the grid behind a chart holds nothing.</summary>
    private const double MinFilled = 0.4;

    private readonly List<double> _rows;
    private readonly List<double> _columns;

    private PdfTable(PdfTableArea area, List<double> lines, List<double>? gaps)
    {
        var (bottom, top) = (lines[0], lines[^1]);
        _rows = Neighbours.Places([bottom, top, .. area.Levels(bottom, top).Select(rule => rule.At)]);
        _columns = Neighbours.Places([area.Left, area.Right, .. gaps ?? area.Uprights(bottom, top)]);
        Words = area.WordsBetween(bottom, top);
    }

    public List<Word> Words { get; }

    public string Text { get; private set; } = "";

    /// <summary>Null if it turns out to be none: a single row or column, or too much empty space.</summary>
    /// <param name="area">Where it stands.</param>
    /// <param name="lines">The heights of its level lines, from below.</param>
    /// <param name="gaps">Where its columns part if no upright lines do that.</param>
    public static PdfTable? Read(PdfTableArea area, List<double> lines, List<double>? gaps)
    {
        var table = new PdfTable(area, lines, gaps);
        var (rows, columns) = (table._rows.Count - 1, table._columns.Count - 1);
        if (rows < 2 || columns < 2 || rows * columns > MaxCells || table.Words.Count < rows + columns)
            return null;

        var cells = new PdfCells(area, table._rows, table._columns, hasUprights: gaps is null);
        var filled = cells.Fill(table.Words);
        table.Text = TableText.Of(cells.Rows());
        return filled >= rows * columns * MinFilled ? table : null;
    }

    public bool Overlaps(PdfTable other) => Words.Intersect(other.Words).Any();

    /// <summary>The table as a block, so that it gets its place in the reading order.</summary>
    public TextBlock ToBlock() => new([.. PdfCells.Lines(Words).Select(line => new TextLine(line))]);
}
