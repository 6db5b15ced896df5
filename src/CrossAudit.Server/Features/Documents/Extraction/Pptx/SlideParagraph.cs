using System.Text;
using System.Xml;

namespace CrossAudit.Server.Features.Documents.Extraction.Pptx;

/// <summary>A paragraph of a shape while it is read.</summary>
internal sealed class SlideParagraph
{
    private readonly StringBuilder _text = new();
    private bool _inText;

    public string Text => _text.ToString();

    /// <summary>Null if the paragraph leaves it to the layout.</summary>
    public bool? HasBullet { get; private set; }

    public void Read(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "t":
                _inText = !xml.IsEmptyElement;
                break;
            case "br":
                _text.Append('\n');
                break;
            case "tab" when xml.AttributeCount == 0:
                _text.Append('\t');
                break;
            case "buNone":
                HasBullet = false;
                break;
            case "buChar" or "buAutoNum" or "buBlip":
                HasBullet = true;
                break;
        }
    }

    public void AppendText(string text)
    {
        if (_inText)
            _text.Append(text);
    }

    public void EndText() => _inText = false;
}
