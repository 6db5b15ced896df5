using System.Globalization;
using System.Xml;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction.Odt;

/// <summary>
/// Reads the content from start to end and writes its paragraphs and tables. Paragraphs nest: notes and text boxes stand
/// within the paragraph that they belong to.
/// </summary>
internal sealed class OdtBlocks(XmlReader xml, FragmentWriter fragments)
{
    private readonly Stack<OdtParagraph> _paragraphs = [];
    private readonly Stack<BlockTable> _tables = [];
    private int _lists;

    public void Write()
    {
        var more = xml.Read();
        while (more)
        {
            if (xml.NodeType == XmlNodeType.Element && IsSkipped())
            {
                xml.Skip();
                more = !xml.EOF;
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element)
                Enter();
            else if (xml.NodeType == XmlNodeType.EndElement)
                Leave();
            else if (PackageXml.IsText(xml) && _paragraphs.TryPeek(out var paragraph))
                paragraph.Append(xml.Value);
            more = xml.Read();
        }
    }

    /// <summary>What readers of the text do not see: deleted text, comments, a note's number, how to read a word aloud, forms and styles.</summary>
    private bool IsSkipped() =>
        xml.LocalName is "tracked-changes" or "annotation" or "note-citation" or "ruby-text" or "forms" or "automatic-styles" or "font-face-decls" or "scripts";

    private void Enter()
    {
        switch (xml.LocalName)
        {
            case "h" or "p" when IsText():
                if (xml.IsEmptyElement)
                    break;
                _paragraphs.Push(new OdtParagraph(xml.LocalName == "h" ? Math.Max(1, Number("outline-level", 1)) : null, _lists > 0));
                break;
            case "list" when IsText() && !xml.IsEmptyElement:
                _lists++;
                break;
            case "table" when IsTable() && !xml.IsEmptyElement:
                _tables.Push(new BlockTable(_paragraphs.Count));
                break;
            case "table-row" when _tables.TryPeek(out var table):
                table.BeginRow();
                break;
            case "table-cell" or "covered-table-cell" when _tables.TryPeek(out var table):
                table.BeginCell();
                break;
            default:
                if (_paragraphs.TryPeek(out var paragraph) && IsText())
                    paragraph.Read(xml.LocalName, Number("c", 1));
                break;
        }
    }

    private void Leave()
    {
        switch (xml.LocalName)
        {
            case "h" or "p" when IsText() && _paragraphs.TryPop(out var paragraph):
                Write(paragraph);
                break;
            case "list" when IsText():
                _lists--;
                break;
            case "table" when IsTable() && _tables.TryPop(out var table):
                Write(table);
                break;
        }
    }

    private void Write(OdtParagraph paragraph)
    {
        if (_tables.TryPeek(out var table) && table.Owns(_paragraphs.Count))
            table.AddParagraph(paragraph.Text);
        else if (paragraph.HeadingLevel is { } level)
            fragments.AddHeading(level, paragraph.Text);
        else
            fragments.Add(paragraph.IsListItem ? FragmentType.List : FragmentType.Paragraph, paragraph.Text);
    }

    private void Write(BlockTable table)
    {
        if (_tables.TryPeek(out var outer) && outer.Owns(_paragraphs.Count))
            outer.AddParagraph(table.Text);
        else
            table.Write(fragments);
    }

    private bool IsText() => xml.NamespaceURI == "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    private bool IsTable() => xml.NamespaceURI == "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

    private int Number(string attribute, int otherwise) =>
        int.TryParse(xml.GetAttribute(attribute, xml.NamespaceURI), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
