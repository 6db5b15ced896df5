namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>
/// Finds the tables of a sheet, which an empty row ends, and writes their rows. What is a header the file does not say:
/// the first row with several values, if it looks like names of columns and what follows like data.
/// </summary>
internal sealed class SheetTables(Records records)
{
    /// <summary>Past so many rows short ones are put together.</summary>
    private const int GroupBeyond = 10_000;

    /// <summary>From so many columns on, distinct words are a header even if no number stands below.</summary>
    private const int EnoughNames = 3;

    private List<Cell>? _first;
    private List<string>? _header;
    private bool _inTable;

    public void Write(IEnumerable<(int Number, List<Cell> Cells)> rows)
    {
        var (last, count) = (0, 0);
        foreach (var (number, cells) in rows)
        {
            if (number != last + 1)
                End();
            last = number;
            records.AreGrouped |= ++count > GroupBeyond;
            Add(cells);
        }

        End();
    }

    private void Add(List<Cell> cells)
    {
        if (_inTable)
            WriteRow(cells);
        else if (_first is not null)
            Begin(cells);
        else if (cells.Count(cell => cell.Text.Length > 0) > 1)
            _first = cells;
        else
            WriteRow(cells);
    }

    /// <summary>With its second row a table shows whether the first is its header.</summary>
    private void Begin(List<Cell> second)
    {
        var (first, names) = (_first!, _first!.ConvertAll(cell => cell.Text));
        var isHeader = Records.CanBeHeader(names, _ => false) && !first.Exists(cell => cell.IsNumber)
            && (names.Count >= EnoughNames || second.Exists(cell => cell.IsNumber));
        WriteRow(first);
        (_first, _header, _inTable) = (null, isHeader ? names : null, true);
        WriteRow(second);
    }

    private void End()
    {
        if (_first is not null)
            WriteRow(_first);
        (_first, _header, _inTable) = (null, null, false);
    }

    /// <summary>Without names above them, gaps between the values say nothing.</summary>
    private void WriteRow(List<Cell> cells)
    {
        var values = cells.ConvertAll(cell => cell.Text);
        if (_header is null)
            values.RemoveAll(value => value.Length == 0);
        records.Add(Records.Describe(_header, values));
    }
}
