using System.Xml;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction.Pptx;

/// <summary>Reads a slide's shapes and tables. They are written when all are read, for the title may stand last.</summary>
/// <param name="xml">A slide, its notes, or the data of a diagram.</param>
/// <param name="isNotes">Notes repeat the slide's picture and number around what the speaker wrote.</param>
internal sealed class SlideBlocks(XmlReader xml, bool isNotes)
{
    private readonly List<(FragmentType Kind, string Text)> _blocks = [];
    private readonly Stack<List<List<string>>> _tables = [];
    private SlideShape _shape = new();
    private SlideParagraph? _paragraph;

    public void Write(FragmentWriter fragments)
    {
        var more = xml.Read();
        while (more)
        {
            // Old readers' versions of what was read already, and the number that every slide has.
            if (xml.NodeType == XmlNodeType.Element && (xml.LocalName == "Fallback" || IsSlideNumber()))
            {
                xml.Skip();
                more = !xml.EOF;
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element)
                Enter();
            else if (xml.NodeType == XmlNodeType.EndElement)
                Leave();
            else if (PackageXml.IsText(xml))
                _paragraph?.AppendText(xml.Value);
            more = xml.Read();
        }

        foreach (var (kind, text) in _blocks.OrderBy(block => block.Kind == FragmentType.Heading ? 0 : 1))
        {
            if (kind == FragmentType.Heading)
                fragments.AddHeading(1, text);
            else
                fragments.Add(kind, text);
        }
    }

    private bool IsSlideNumber() => xml.LocalName == "fld" && xml.GetAttribute("type") == "slidenum";

    private void Enter()
    {
        switch (xml.LocalName)
        {
            case "sp":
                _shape = new SlideShape();
                break;
            case "ph":
                _shape.Placeholder = xml.GetAttribute("type") ?? "obj";
                break;
            case "tbl":
                _tables.Push([]);
                break;
            case "tr" when _tables.TryPeek(out var table):
                table.Add([]);
                break;
            case "tc" when _tables.TryPeek(out var table) && table is [.., var row]:
                row.Add("");
                break;
            case "p" when !xml.IsEmptyElement && xml.NamespaceURI.EndsWith("/main", StringComparison.Ordinal):
                _paragraph = new SlideParagraph();
                break;
            default:
                _paragraph?.Read(xml);
                break;
        }
    }

    private void Leave()
    {
        switch (xml.LocalName)
        {
            case "p" when _paragraph is { } paragraph:
                Add(paragraph);
                _paragraph = null;
                break;
            case "t":
                _paragraph?.EndText();
                break;
            case "tbl" when _tables.TryPop(out var table):
                _blocks.Add((FragmentType.Table, TableText.Of(table)));
                break;
            case "sp":
                Add(_shape.Blocks(isNotes));
                _shape = new SlideShape();
                break;
            case "ptLst":
                Add(_shape.Blocks(isNotes: false));
                break;
        }
    }

    private void Add(IEnumerable<(FragmentType, string)> blocks) => _blocks.AddRange(blocks);

    private void Add(SlideParagraph paragraph)
    {
        if (_tables.TryPeek(out var table) && table is [.., [.., var cell] row])
            row[^1] = $"{cell} {paragraph.Text}";
        else
            _shape.Paragraphs.Add(paragraph);
    }
}
