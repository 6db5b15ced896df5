using System.Globalization;
using System.Text;
using System.Xml;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>Reads a sheet's rows one after the other, so that its size does not matter.</summary>
internal sealed class SheetRows(XmlReader xml, CellText cells)
{
    /// <summary>A sheet has columns A to XFD.</summary>
    private const int MaxColumns = 16_384;

    /// <summary>The rows with their numbers, from 1. Rows and cells without a value are not among them.</summary>
    public IEnumerable<(int Number, List<Cell> Cells)> Read()
    {
        var number = 0;
        var row = new List<Cell>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : number + 1;
                row = [];
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c" && !xml.IsEmptyElement)
                Add(row);
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row" && row.Exists(cell => cell.Text.Length > 0))
                yield return (number, row);
        }
    }

    private void Add(List<Cell> row)
    {
        var column = Column(xml.GetAttribute("r")) ?? row.Count;
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        var cell = cells.Show(type, style, Value());
        if (cell.Text.Length == 0 || column >= MaxColumns)
            return;
        while (row.Count < column)
            row.Add(new Cell("", false));
        if (row.Count == column)
            row.Add(cell);
    }

    /// <summary>What is stored in the cell that the reader stands on, without its formula. Leaves the reader at the cell's end.</summary>
    private string Value()
    {
        var value = new StringBuilder();
        var inValue = false;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
                inValue = xml.LocalName is "v" or "t" && !xml.IsEmptyElement;
            else if (xml.NodeType == XmlNodeType.EndElement)
                inValue = false;
            else if (inValue && PackageXml.IsText(xml))
                value.Append(xml.Value);
        }

        return value.ToString();
    }

    /// <summary>"C5" is column 2, counted from 0.</summary>
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetter(c))
                break;
            column = Math.Min((column * 26) + (char.ToUpperInvariant(c) - 'A' + 1), MaxColumns + 1);
        }

        return column == 0 ? null : column - 1;
    }
}
