using System.Text;
using AngleSharp.Dom;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A table of data as text: cells separated by tabs, rows by line breaks.</summary>
internal static class HtmlTable
{
    /// <summary>A cell longer than this holds prose, in characters.</summary>
    private const int MaxCell = 600;

    /// <summary>Old pages put their columns and frames into tables: those hold further blocks, long text, or a single column.</summary>
    public static bool IsLayout(IElement table)
    {
        if (table.QuerySelector("table, h1, h2, h3, h4, pre") is not null)
            return true;
        var cells = table.QuerySelectorAll("td, th");
        return cells.All(cell => cell.ParentElement is { ChildElementCount: 1 })
            || cells.Any(cell => cell.TextContent.Length > MaxCell && WhiteSpace.Collapse(HtmlElements.TextOf(cell)).Length > MaxCell);
    }

    public static string TextOf(IElement table)
    {
        var text = new StringBuilder();
        foreach (var line in table.QuerySelectorAll("caption, tr"))
        {
            var cells = line.LocalName == "caption"
                ? [WhiteSpace.Collapse(HtmlElements.TextOf(line))]
                : line.Children.Select(cell => WhiteSpace.Collapse(HtmlElements.TextOf(cell))).ToArray();
            if (cells.Any(cell => cell.Length > 0))
                text.AppendJoin('\t', cells).Append('\n');
        }

        return text.ToString();
    }
}
