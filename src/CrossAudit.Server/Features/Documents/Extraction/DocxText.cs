using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// DOCX: the body with its headings, lists, tables and text boxes, then footnotes and endnotes. The package's parts are
/// found by the SDK and read as a stream, so neither the size of a part nor its nesting matters.
/// </summary>
internal static class DocxText
{
    public static void Extract(string path, FragmentWriter fragments)
    {
        using var document = Open(path);
        if (document.MainDocumentPart is not { } main)
            throw UnreadableContentException.Damaged("it holds no document.");

        var budget = new ReadBudget();
        var styles = DocxStyles.Read(main.StyleDefinitionsPart, budget);
        foreach (OpenXmlPart? part in (OpenXmlPart?[])[main, main.FootnotesPart, main.EndnotesPart])
        {
            if (part is null)
                continue;
            using var xml = PackageXml.Open(part, budget);
            new DocxBlocks(xml, styles, fragments).Write();
        }
    }

    private static WordprocessingDocument Open(string path)
    {
        try
        {
            return WordprocessingDocument.Open(path, isEditable: false);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw UnreadableContentException.Damaged("it is no complete Word document.", e);
        }
    }
}
