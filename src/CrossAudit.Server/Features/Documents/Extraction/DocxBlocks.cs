using System.Xml;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Reads a part from start to end and writes its paragraphs and tables. Paragraphs nest: a text box stands within a run
/// of the paragraph that it is anchored to.
/// </summary>
internal sealed class DocxBlocks(XmlReader xml, DocxStyles styles, FragmentWriter fragments)
{
    private readonly Stack<DocxParagraph> _paragraphs = [];
    private readonly Stack<BlockTable> _tables = [];

    public void Write()
    {
        var more = xml.Read();
        while (more)
        {
            // Skipping an element leaves the reader on what follows it.
            if (xml.NodeType == XmlNodeType.Element && IsSkipped())
            {
                xml.Skip();
                more = !xml.EOF;
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element && DocxPart.IsWord(xml))
                Enter();
            else if (xml.NodeType == XmlNodeType.EndElement && DocxPart.IsWord(xml))
                Leave(xml.LocalName);
            else if (PackageXml.IsText(xml))
                Current?.AppendText(xml.Value);
            more = xml.Read();
        }
    }

    private DocxParagraph? Current => _paragraphs.TryPeek(out var paragraph) ? paragraph : null;

    /// <summary>
    /// A fallback repeats a text box for old readers; the rest is deleted, moved away, said over other letters, or the
    /// separators that Word keeps among the footnotes.
    /// </summary>
    private bool IsSkipped() => xml.LocalName switch
    {
        "Fallback" => true,
        "moveFrom" or "del" or "rt" or "pPrChange" or "rPrChange" or "tblPrChange" => DocxPart.IsWord(xml),
        "footnote" or "endnote" => xml.GetAttribute("type", xml.NamespaceURI) is "separator" or "continuationSeparator" or "continuationNotice",
        _ => false,
    };

    private void Enter()
    {
        switch (xml.LocalName)
        {
            case "p" when !xml.IsEmptyElement:
                _paragraphs.Push(new DocxParagraph());
                break;
            case "tbl" when !xml.IsEmptyElement:
                _tables.Push(new BlockTable(_paragraphs.Count));
                break;
            case "tr" when _tables.TryPeek(out var table):
                table.BeginRow();
                break;
            case "tc" when _tables.TryPeek(out var table):
                table.BeginCell();
                break;
            default:
                Current?.Read(xml);
                break;
        }
    }

    private void Leave(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                Write(paragraph);
                break;
            case "tbl" when _tables.TryPop(out var table):
                Write(table);
                break;
            case "t":
                Current?.EndText();
                break;
        }
    }

    private void Write(DocxParagraph paragraph)
    {
        if (_tables.TryPeek(out var table) && table.Owns(_paragraphs.Count))
            table.AddParagraph(paragraph.Text);
        else if ((paragraph.OutlineLevel ?? styles.HeadingLevel(paragraph.Style)) is { } level)
            fragments.AddHeading(level, paragraph.Text);
        else
            fragments.Add(paragraph.IsListItem ?? styles.IsList(paragraph.Style) ? FragmentType.List : FragmentType.Paragraph, paragraph.Text);
    }

    private void Write(BlockTable table)
    {
        if (_tables.TryPeek(out var outer) && outer.Owns(_paragraphs.Count))
            outer.AddParagraph(table.Text);
        else
            table.Write(fragments);
    }
}
