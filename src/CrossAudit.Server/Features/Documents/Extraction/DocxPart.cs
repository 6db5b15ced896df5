using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A part of a package as XML. Documents cannot define entities, so none can be expanded or fetched.</summary>
internal static class DocxPart
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static XmlReader Open(OpenXmlPart part, ReadBudget budget) =>
        XmlReader.Create(new BudgetedStream(part.GetStream(FileMode.Open, FileAccess.Read), budget), Settings);

    /// <summary>Word's own elements, in the namespace of the usual or of the strict format; and the text of formulas.</summary>
    public static bool IsWord(XmlReader xml) => xml.NamespaceURI is
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" or "http://purl.oclc.org/ooxml/wordprocessingml/main"
        or "http://schemas.openxmlformats.org/officeDocument/2006/math" or "http://purl.oclc.org/ooxml/officeDocument/math";

    /// <summary>The attribute <c>w:val</c>.</summary>
    public static string? Value(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI);
}
