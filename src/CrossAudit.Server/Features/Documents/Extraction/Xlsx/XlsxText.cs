using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>XLSX: each sheet below its name, row by row, also those that are hidden. Values are as Excel shows them; of a formula it is the result that was saved.</summary>
internal static class XlsxText
{
    /// <summary>The XML of a sheet takes five to ten times the space of its text.</summary>
    private const int MaxMegabytes = 256;

    public static void Extract(string path, FragmentWriter fragments)
    {
        using var document = Open(path);
        if (document.WorkbookPart is not { } workbook)
            throw UnreadableContentException.Damaged("it holds no workbook.");

        var budget = new ReadBudget(MaxMegabytes);
        var (sheets, since1904) = XlsxWorkbook.Read(workbook, budget);
        var cells = new CellText(SharedStrings.Read(workbook.SharedStringTablePart, budget), CellFormats.Read(workbook.WorkbookStylesPart, budget), since1904);
        var rows = new Records(fragments);
        foreach (var (name, part) in sheets)
        {
            fragments.AddHeading(1, name);
            using var xml = PackageXml.Open(part, budget);
            new SheetTables(rows).Write(new SheetRows(xml, cells).Read());
            rows.Flush();
        }
    }

    private static SpreadsheetDocument Open(string path)
    {
        try
        {
            return SpreadsheetDocument.Open(path, isEditable: false);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw UnreadableContentException.Damaged("it is no complete Excel workbook.", e);
        }
    }
}
