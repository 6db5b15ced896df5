using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction.Odt;

/// <summary>A paragraph while it is read.</summary>
/// <param name="headingLevel">1 for the highest; null for running text.</param>
/// <param name="isListItem">Whether a list was open where it began.</param>
internal sealed class OdtParagraph(int? headingLevel, bool isListItem)
{
    /// <summary>Spaces are counted in the file, and a count can lie.</summary>
    private const int MaxSpaces = 100;

    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public int? HeadingLevel => headingLevel;

    public bool IsListItem => isListItem;

    /// <summary>White space in the file is layout: real spaces, tabs and line breaks are elements.</summary>
    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
                _text.Append(c);
            else if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
                _text.Append(' ');
        }
    }

    public void Read(string element, int count)
    {
        if (element == "s")
            _text.Append(' ', Math.Clamp(count, 1, MaxSpaces));
        else if (element == "tab")
            _text.Append('\t');
        else if (element == "line-break")
            _text.Append('\n');
    }
}
