using System.Text;
using UtfUnknown;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>How a file's bytes spell text.</summary>
/// <param name="Encoding">Replaces what it cannot decode by U+FFFD.</param>
/// <param name="PreambleBytes">The length of the byte order mark.</param>
/// <param name="IsGuessed">True if nothing in the file proves the encoding: a legacy code page, told by its letters' frequency.</param>
internal sealed record TextEncoding(Encoding Encoding, int PreambleBytes, bool IsGuessed)
{
    /// <summary>More control characters than this make a file binary.</summary>
    private const double MaxControlShare = 0.02;

    /// <summary>How many of the upper bytes of UTF-16 are zero in Western text, at the least; a lone U+0000 makes a file binary.</summary>
    private const double MinZeroShare = 0.3;

    /// <summary>Statistics over this many bytes are enough; more only take time.</summary>
    private const int SampleBytes = 256 * 1024;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding, or null if the bytes are no text.</summary>
    /// <param name="bytes">The file or its beginning.</param>
    /// <param name="isWhole">False if the bytes end where a prefix was cut, perhaps amid a character.</param>
    public static TextEncoding? Detect(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (ByMark(bytes) is { } marked)
            return LooksLikeText(marked.Decode(bytes)) ? marked : null;
        if (bytes.Contains((byte)0))
            return ByZeros(bytes);
        if (TooManyControls(bytes))
            return null;
        if (bytes.IndexOf("\e$B"u8) >= 0 && !bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
            return new TextEncoding(Encoding.GetEncoding("iso-2022-jp"), 0, IsGuessed: false);
        if (IsUtf8(isWhole ? bytes : WithoutCutCharacter(bytes)))
            return new TextEncoding(Encoding.UTF8, 0, IsGuessed: false);
        return ByStatistics(bytes[..Math.Min(bytes.Length, SampleBytes)]);
    }

    /// <summary>An encoding by a name found in the file, such as an HTML page's charset; null if there is none of this name.</summary>
    public static TextEncoding? Named(string name)
    {
        try
        {
            return new TextEncoding(Encoding.GetEncoding(name.Trim()), 0, IsGuessed: false);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>An encoding by its code page; null if it is not known.</summary>
    public static TextEncoding? Named(int codePage)
    {
        try
        {
            return new TextEncoding(Encoding.GetEncoding(codePage), 0, IsGuessed: false);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public string Decode(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes[Math.Min(PreambleBytes, bytes.Length)..]);

    private static TextEncoding? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new(Encoding.UTF8, 3, IsGuessed: false),
        [0xFF, 0xFE, 0, 0, ..] => new(Encoding.UTF32, 4, IsGuessed: false),
        [0, 0, 0xFE, 0xFF, ..] => new(new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4, IsGuessed: false),
        [0xFF, 0xFE, ..] => new(Encoding.Unicode, 2, IsGuessed: false),
        [0xFE, 0xFF, ..] => new(Encoding.BigEndianUnicode, 2, IsGuessed: false),
        _ => null,
    };

    /// <summary>UTF-16 without a mark: every other byte of Western letters, digits and spaces is zero, and hardly one of the others.</summary>
    private static TextEncoding? ByZeros(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..(Math.Min(bytes.Length, SampleBytes) & ~1)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        if (Math.Max(even, odd) < sample.Length / 2 * MinZeroShare || Math.Min(even, odd) > 0)
            return null;
        var guess = new TextEncoding(odd > 0 ? Encoding.Unicode : Encoding.BigEndianUnicode, 0, IsGuessed: true);
        return LooksLikeText(guess.Decode(sample)) ? guess : null;
    }

    private static TextEncoding? ByStatistics(ReadOnlySpan<byte> sample)
    {
        var guess = CharsetDetector.DetectFromBytes(sample).Detected?.Encoding;

        // Browsers read Latin-1 as Windows-1252 too: the difference is curly quotes against control characters.
        if (guess is null || guess.CodePage is 28591 or 20127)
            guess = Encoding.GetEncoding(1252);

        var text = guess.GetString(sample);
        return LooksLikeText(text) ? new TextEncoding(guess, 0, IsGuessed: true) : null;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>Drops up to three bytes of a UTF-8 character that the end of the prefix cut in two.</summary>
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if (lead < 0x80)
                break;
            if (lead >= 0xC0)
                return bytes[..^back];
        }

        return bytes;
    }

    private static bool TooManyControls(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var b in bytes)
        {
            if (b < 0x20 && b is not (0x09 or 0x0A or 0x0C or 0x0D or 0x1B))
                controls++;
        }

        return controls > bytes.Length * MaxControlShare;
    }

    private static bool LooksLikeText(string text)
    {
        var strange = text.Count(c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\f' or '\r' or '\e')));
        return strange <= text.Length * MaxControlShare;
    }
}
