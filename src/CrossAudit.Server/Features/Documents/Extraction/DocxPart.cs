using System.Xml;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The vocabulary of a Word document's parts.</summary>
internal static class DocxPart
{
    /// <summary>Word's own elements, in the namespace of the usual or of the strict format; and the text of formulas.</summary>
    public static bool IsWord(XmlReader xml) => xml.NamespaceURI is
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" or "http://purl.oclc.org/ooxml/wordprocessingml/main"
        or "http://schemas.openxmlformats.org/officeDocument/2006/math" or "http://purl.oclc.org/ooxml/officeDocument/math";

    /// <summary>The attribute <c>w:val</c>.</summary>
    public static string? Value(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI);
}
