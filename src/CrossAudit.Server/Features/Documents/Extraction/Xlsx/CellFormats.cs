using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using ExcelNumberFormat;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>How the cells of each style show their numbers.</summary>
internal sealed class CellFormats
{
    /// <summary>A longer format is not for people.</summary>
    private const int MaxLength = 255;

    /// <summary>The formats that need no definition: a file names them by number alone.</summary>
    private static readonly Dictionary<int, string> BuiltIn = new()
    {
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ??/??",
        [14] = "yyyy-mm-dd",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy-mm-dd h:mm",
        [37] = "#,##0 ;(#,##0)",
        [38] = "#,##0 ;[Red](#,##0)",
        [39] = "#,##0.00;(#,##0.00)",
        [40] = "#,##0.00;[Red](#,##0.00)",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
    };

    private readonly List<int> _styles = [];
    private readonly Dictionary<int, string> _defined = [];
    private readonly Dictionary<int, NumberFormat?> _parsed = [];

    public static CellFormats Read(WorkbookStylesPart? part, ReadBudget budget)
    {
        var formats = new CellFormats();
        if (part is null)
            return formats;

        using var xml = PackageXml.Open(part, budget);
        var inCellFormats = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
                inCellFormats = xml.IsStartElement();
            else if (xml.IsStartElement() && xml.LocalName == "numFmt")
                formats._defined[Number(xml.GetAttribute("numFmtId"))] = xml.GetAttribute("formatCode") ?? "";
            else if (inCellFormats && xml.IsStartElement() && xml.LocalName == "xf")
                formats._styles.Add(Number(xml.GetAttribute("numFmtId")));
        }

        return formats;
    }

    /// <summary>Null if numbers of this style are shown as they are.</summary>
    public NumberFormat? Of(string? style)
    {
        if (Number(style) is var index && index >= _styles.Count)
            return null;
        if (!_parsed.TryGetValue(_styles[index], out var format))
            _parsed[_styles[index]] = format = Parse(_styles[index]);
        return format;
    }

    private NumberFormat? Parse(int id)
    {
        var code = _defined.GetValueOrDefault(id) ?? BuiltIn.GetValueOrDefault(id);
        return code is null or "General" or { Length: > MaxLength } ? null : new NumberFormat(code) is { IsValid: true } format ? format : null;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
