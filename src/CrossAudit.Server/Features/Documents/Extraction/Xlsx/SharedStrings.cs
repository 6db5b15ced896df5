using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction.Xlsx;

/// <summary>The workbook's texts; cells hold their numbers.</summary>
internal static class SharedStrings
{
    public static List<string> Read(SharedStringTablePart? part, ReadBudget budget)
    {
        var strings = new List<string>();
        if (part is null)
            return strings;

        using var xml = PackageXml.Open(part, budget);
        var more = xml.Read();
        while (more)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                strings.Add(TextOf(xml));
                more = !xml.EOF;
            }
            else
                more = xml.Read();
        }

        return strings;
    }

    /// <summary>The text of an element in pieces of different looks, without how it is read aloud. Leaves the reader behind the element.</summary>
    public static string TextOf(XmlReader xml)
    {
        var text = new StringBuilder();
        using (var item = xml.ReadSubtree())
        {
            var inText = false;
            var more = item.Read();
            while (more)
            {
                if (item.NodeType == XmlNodeType.Element && item.LocalName == "rPh")
                {
                    item.Skip();
                    more = !item.EOF;
                    continue;
                }

                if (item.NodeType == XmlNodeType.Element)
                    inText = item.LocalName == "t" && !item.IsEmptyElement;
                else if (item.NodeType == XmlNodeType.EndElement)
                    inText = false;
                else if (inText && PackageXml.IsText(item))
                    text.Append(item.Value);
                more = item.Read();
            }
        }

        xml.Read();
        return text.ToString();
    }
}
