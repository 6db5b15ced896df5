using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>The workbook's list of sheets.</summary>
internal static class XlsxWorkbook
{
    /// <summary>The sheets in the order of their tabs, without those that are charts; and whether days are counted from 1904, as early Macs did.</summary>
    public static (List<(string Name, WorksheetPart Part)> Sheets, bool Since1904) Read(WorkbookPart workbook, ReadBudget budget)
    {
        var sheets = new List<(string, WorksheetPart)>();
        var since1904 = false;
        using var xml = PackageXml.Open(workbook, budget);
        while (xml.Read())
        {
            if (!xml.IsStartElement())
                continue;
            if (xml.LocalName == "workbookPr")
                since1904 = xml.GetAttribute("date1904") is "1" or "true";
            else if (xml.LocalName == "sheet" && PackageXml.RelationshipId(xml) is { } id && workbook.TryGetPartById(id, out var part) && part is WorksheetPart sheet)
                sheets.Add((xml.GetAttribute("name") ?? "", sheet));
        }

        return (sheets, since1904);
    }
}
