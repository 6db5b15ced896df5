using System.Globalization;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>A cell as it is shown.</summary>
/// <param name="Text">Empty if there is nothing to see.</param>
/// <param name="IsNumber">Whether it is a number, a date or a time, not a text.</param>
internal readonly record struct Cell(string Text, bool IsNumber);

/// <summary>Turns what a cell stores into what it shows.</summary>
internal sealed class CellText(List<string> strings, CellFormats formats, bool since1904)
{
    /// <summary>The days between the two calendars' beginnings.</summary>
    private const int DaysTo1904 = 1462;

    /// <summary>The last day that Excel knows, in the year 9999.</summary>
    private const double MaxDay = 2_958_466;

    /// <param name="type">What kind of value it is; null for a number.</param>
    /// <param name="style">The number of its style.</param>
    /// <param name="value">The value as stored.</param>
    public Cell Show(string? type, string? style, string value) => type switch
    {
        "s" => new Cell(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index].Trim() : "", false),
        "b" => new Cell(value == "1" ? "TRUE" : "FALSE", false),
        null or "n" => new Cell(Format(style, value), true),
        _ => new Cell(value.Trim(), type == "d"),
    };

    private string Format(string? style, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value.Trim();
        if (formats.Of(style) is not { } format)
            return number.ToString("G15", CultureInfo.InvariantCulture);

        if (format.IsDateTimeFormat)
            number += since1904 ? DaysTo1904 : 0;
        return format.IsDateTimeFormat && number is < 0 or > MaxDay
            ? value.Trim()
            : WhiteSpace.Collapse(format.Format(number, CultureInfo.InvariantCulture)).TrimStart();
    }
}
