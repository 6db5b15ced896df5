using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>What the reader stands on.</summary>
internal enum RtfToken
{
    GroupStart,
    GroupEnd,

    /// <summary>A control word with its number, or a control symbol.</summary>
    Control,

    /// <summary>A byte of text, in the code page of the moment.</summary>
    Text,
}

/// <summary>Takes a file apart into groups, control words and bytes of text. It knows no meaning of any word but that of binary data, which it steps over.</summary>
internal sealed class RtfReader(byte[] bytes)
{
    /// <summary>Longer than any control word.</summary>
    private const int MaxWord = 32;

    private int _at;

    public RtfToken Token { get; private set; }

    /// <summary>The control word, or the control symbol's one character.</summary>
    public string Word { get; private set; } = "";

    /// <summary>The number behind the control word; null if there is none.</summary>
    public int? Number { get; private set; }

    public byte Byte { get; private set; }

    public bool Read()
    {
        while (_at < bytes.Length)
        {
            var b = bytes[_at++];
            switch (b)
            {
                case (byte)'{':
                    Token = RtfToken.GroupStart;
                    return true;
                case (byte)'}':
                    Token = RtfToken.GroupEnd;
                    return true;
                case (byte)'\\':
                    if (ReadControl())
                        return true;
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    (Token, Byte) = (RtfToken.Text, b);
                    return true;
            }
        }

        return false;
    }

    private bool ReadControl()
    {
        if (_at >= bytes.Length)
            return false;
        if (bytes[_at] == '\'')
            return ReadHex();

        (Token, Number) = (RtfToken.Control, null);
        if (!char.IsAsciiLetter((char)bytes[_at]))
        {
            Word = ((char)bytes[_at++]).ToString();
            return true;
        }

        var start = _at;
        while (_at < bytes.Length && _at - start < MaxWord && char.IsAsciiLetter((char)bytes[_at]))
            _at++;
        Word = Encoding.ASCII.GetString(bytes, start, _at - start);
        Number = ReadNumber();
        if (_at < bytes.Length && bytes[_at] == ' ')
            _at++;
        if (Word == "bin")
            _at = (int)Math.Min(bytes.Length, (long)_at + Math.Max(0, Number ?? 0));
        return true;
    }

    private int? ReadNumber()
    {
        var negative = _at < bytes.Length && bytes[_at] == '-';
        var (at, number) = (_at + (negative ? 1 : 0), 0L);
        var start = at;
        for (; at < bytes.Length && at - start < 10 && char.IsAsciiDigit((char)bytes[at]); at++)
            number = (number * 10) + (bytes[at] - '0');
        if (at == start)
            return null;
        _at = at;
        return (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue);
    }

    /// <summary>A byte spelled as two digits; what is no such byte is left out.</summary>
    private bool ReadHex()
    {
        var digits = bytes.AsSpan(Math.Min(_at + 1, bytes.Length), Math.Min(2, Math.Max(0, bytes.Length - _at - 1)));
        _at = Math.Min(bytes.Length, _at + 3);
        if (!byte.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
            return false;
        (Token, Byte) = (RtfToken.Text, value);
        return true;
    }
}
