using System.Text;
using System.Xml;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A paragraph while it is read.</summary>
internal sealed class DocxParagraph
{
    private readonly StringBuilder _text = new();
    private bool _inText;

    public string Text => _text.ToString();

    public string? Style { get; private set; }

    /// <summary>A heading's level given to this very paragraph; it wins over that of its style.</summary>
    public int? OutlineLevel { get; private set; }

    /// <summary>Null if the paragraph leaves it to its style.</summary>
    public bool? IsListItem { get; private set; }

    public void Read(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "t":
                _inText = !xml.IsEmptyElement;
                break;
            case "tab" when xml.AttributeCount == 0:
                _text.Append('\t');
                break;
            case "br" or "cr":
                _text.Append('\n');
                break;
            case "noBreakHyphen":
                _text.Append('-');
                break;
            case "pStyle":
                Style = DocxPart.Value(xml);
                break;
            case "outlineLvl":
                OutlineLevel = DocxStyles.Level(DocxPart.Value(xml));
                break;
            case "numId":
                IsListItem = DocxPart.Value(xml) != "0";
                break;
        }
    }

    /// <summary>Other elements hold text as well: field codes, positions of drawings.</summary>
    public void AppendText(string text)
    {
        if (_inText)
            _text.Append(text);
    }

    public void EndText() => _inText = false;
}
