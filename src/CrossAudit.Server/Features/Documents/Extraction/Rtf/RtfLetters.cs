using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>Collects a paragraph's letters: bytes in the code pages of their fonts, and Unicode characters with substitutes for old readers.</summary>
internal sealed class RtfLetters
{
    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private int _codePage;
    private int _substitutes;

    /// <summary>Whether letters were met whose code page is not known, so that they were read as Western ones.</summary>
    public bool HasUnknownCodePage { get; private set; }

    public void AddByte(byte b, int codePage)
    {
        if (_substitutes > 0)
        {
            _substitutes--;
            return;
        }

        if (codePage != _codePage)
            Decode();
        _codePage = codePage;
        _bytes.Add(b);
    }

    /// <param name="number">A UTF-16 code unit, written as a signed number.</param>
    /// <param name="substitutes">How many of the following characters only stand in for it.</param>
    public void AddUnicode(int number, int substitutes)
    {
        Add((char)(ushort)number);
        _substitutes = substitutes;
    }

    public void Add(char c)
    {
        Decode();
        _substitutes = 0;
        _text.Append(c);
    }

    /// <summary>Ends a substitution: it does not reach beyond its group.</summary>
    public void EndGroup() => _substitutes = 0;

    public string Take()
    {
        Decode();
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void Decode()
    {
        if (_bytes.Count == 0)
            return;
        var encoding = TextEncoding.Named(_codePage)?.Encoding;
        HasUnknownCodePage |= encoding is null;
        _text.Append((encoding ?? TextEncoding.Named(1252)!.Encoding).GetString([.. _bytes]));
        _bytes.Clear();
    }
}
