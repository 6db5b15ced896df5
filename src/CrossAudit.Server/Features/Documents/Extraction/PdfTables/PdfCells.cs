using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;

namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>The cells of a table. Those that no line parts are one: what they hold stands in the upper left of them.</summary>
/// <param name="area">Where the table stands.</param>
/// <param name="rows">The heights that part its rows, from below.</param>
/// <param name="columns">The places that part its columns.</param>
/// <param name="hasUprights">Whether lines part the columns; otherwise gaps do, for all rows.</param>
internal sealed class PdfCells(PdfTableArea area, List<double> rows, List<double> columns, bool hasUprights)
{
    /// <summary>The most words of a line in a cell that is an entry, not a part of a sentence.</summary>
    private const int MaxEntry = 4;

    private readonly List<Word>[,] _words = new List<Word>[rows.Count - 1, columns.Count - 1];
    private readonly List<PdfRule> _levels = area.Levels(rows[0], rows[^1]);

    /// <summary>Puts each word where it belongs. Returns how many of the grid's cells are no empty ones.</summary>
    public int Fill(IEnumerable<Word> words)
    {
        foreach (var word in words)
        {
            var (row, column) = Origin(Index(rows, word.BoundingBox.Centroid.Y), Index(columns, word.BoundingBox.Centroid.X));
            (_words[row, column] ??= []).Add(word);
        }

        var filled = 0;
        for (var row = 0; row < _words.GetLength(0); row++)
        {
            for (var column = 0; column < _words.GetLength(1); column++)
            {
                var (r, c) = Origin(row, column);
                filled += _words[r, c] is null ? 0 : 1;
            }
        }

        return filled;
    }

    /// <summary>From above; a row that is a list in each of its cells is as many rows as it has lines.</summary>
    public IEnumerable<IEnumerable<string>> Rows()
    {
        for (var row = _words.GetLength(0) - 1; row >= 0; row--)
        {
            var cells = Enumerable.Range(0, _words.GetLength(1)).Select(column => _words[row, column] ?? []).ToList();
            foreach (var line in AreLists(cells) ? Lines(cells.SelectMany(cell => cell)).Select(line => cells.Select(cell => cell.Intersect(line).ToList())) : [cells])
                yield return [.. line.Select(Text)];
        }
    }

    /// <summary>Words as they stand in lines, from above.</summary>
    public static IEnumerable<List<Word>> Lines(IEnumerable<Word> words) => words
        .OrderByDescending(word => word.BoundingBox.Centroid.Y)
        .ChunkBy((previous, next) => previous.BoundingBox.Centroid.Y - next.BoundingBox.Centroid.Y < Math.Max(2, previous.BoundingBox.Height / 2))
        .Select(line => line.OrderBy(word => word.BoundingBox.Left).ToList());

    private static bool AreLists(List<List<Word>> cells)
    {
        var lines = cells.Where(cell => cell.Count > 0).Select(cell => Lines(cell).Count()).ToList();
        return lines.Count > 1 && lines.Min() > 1 && lines.Min() == lines.Max() && cells.Sum(cell => cell.Count) <= lines.Sum() * MaxEntry;
    }

    private static string Text(List<Word> words)
    {
        var text = new System.Text.StringBuilder();
        foreach (var line in Lines(words))
            PdfLine.Append(text, PdfLine.TextOf(new TextLine(line)));
        return text.ToString();
    }

    private (int Row, int Column) Origin(int row, int column)
    {
        while (hasUprights && column > 0 && !area.IsParted(columns[column], Middle(rows, row)))
            column--;
        while (row < rows.Count - 2 && !_levels.Exists(rule => Math.Abs(rule.At - rows[row + 1]) < PdfRules.Tolerance && rule.Passes(Middle(columns, column))))
            row++;
        return (row, column);
    }

    private static double Middle(List<double> places, int index) => (places[index] + places[index + 1]) / 2;

    private static int Index(List<double> places, double place)
    {
        var index = places.FindLastIndex(p => p <= place);
        return Math.Clamp(index, 0, places.Count - 2);
    }
}
