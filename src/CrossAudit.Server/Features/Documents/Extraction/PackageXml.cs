using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A part of a package as XML. Documents cannot define entities, so none can be expanded or fetched.</summary>
internal static class PackageXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static XmlReader Open(OpenXmlPart part, ReadBudget budget) => Open(part.GetStream(FileMode.Open, FileAccess.Read), budget);

    public static XmlReader Open(Stream part, ReadBudget budget) => XmlReader.Create(new BudgetedStream(part, budget), Settings);

    /// <summary>Whether the reader stands on text; white space between elements is left to the caller to ignore.</summary>
    public static bool IsText(XmlReader xml) =>
        xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA;

    /// <summary>The attribute <c>r:id</c>, in the namespace of the usual format or of the strict one.</summary>
    public static string? RelationshipId(XmlReader xml) =>
        xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
}
