using System.Text;
using System.Text.RegularExpressions;

namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>Which of a document's styles make headings: those with an outline level, and those called "heading 1".</summary>
internal sealed partial class RtfStyles
{
    private readonly Dictionary<int, int> _levels = [];
    private readonly StringBuilder _name = new();
    private int _current;

    /// <summary>Reads a control word of the style sheet. A style without a number is number 0.</summary>
    public void Read(string word, int? number)
    {
        if (word is "s" or "cs" or "ds" or "ts")
            _current = word == "s" ? number ?? 0 : -1;
        else if (word == "outlinelevel" && number is >= 0 and < 9)
            _levels[_current] = number.Value + 1;
    }

    /// <summary>A style's name ends with a semicolon.</summary>
    public void ReadName(byte letter)
    {
        if (letter != ';')
        {
            _name.Append((char)letter);
            return;
        }

        if (_current >= 0 && Heading().Match(_name.ToString()) is { Success: true } heading)
            _levels[_current] = heading.Groups[1].ValueSpan[0] - '0';
        _name.Clear();
        _current = 0;
    }

    public int? HeadingLevel(int style) => _levels.TryGetValue(style, out var level) ? level : null;

    [GeneratedRegex(@"\A\s*heading ([1-9])\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();
}
