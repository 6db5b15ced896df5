namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>The fonts of a document, for the code pages that their character sets stand for.</summary>
internal sealed class RtfFonts
{
    private readonly Dictionary<int, int?> _codePages = [];
    private int _current;

    /// <summary>Reads a control word of the font table.</summary>
    public void Read(string word, int? number)
    {
        if (word == "f")
            _current = number ?? 0;
        else if (word == "fcharset")
            _codePages[_current] = OfCharset(number ?? 0);
        else if (word == "cpg")
            _codePages[_current] = number;
    }

    public int? CodePage(int font) => _codePages.GetValueOrDefault(font);

    /// <summary>The default charset, and that of symbols, leave it to the document.</summary>
    private static int? OfCharset(int charset) => charset switch
    {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        255 => 437,
        _ => null,
    };
}
