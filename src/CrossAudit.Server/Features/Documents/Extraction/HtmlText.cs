using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>HTML: what a reader of the page sees, without scripts, styles and navigation.</summary>
internal static partial class HtmlText
{
    /// <summary>Deeper elements become siblings of the deepest, and no text is lost.</summary>
    private const int MaxTreeDepth = 512;

    /// <summary>How far a page may declare its charset, in bytes. Browsers stop at 1024; real pages do not.</summary>
    private const int CharsetBytes = 1024 * 1024;

    private static readonly HtmlParserOptions Options = new()
    {
        MaximumDepth = MaxTreeDepth,
        SkipComments = true,
        SkipScriptText = true,
    };

    public static void Extract(string path, FragmentWriter fragments)
    {
        var bytes = TextFile.ReadBytes(path);
        var encoding = EncodingOf(bytes) ?? throw UnreadableContentException.Damaged("it holds bytes that are no text.");
        fragments.Score = Confidence.Of(encoding);
        Write(encoding.Decode(bytes), fragments);
    }

    /// <summary>Writes a page, or a piece of one, as fragments.</summary>
    public static void Write(string html, FragmentWriter fragments)
    {
        if (HtmlNesting.IsTooDeep(html))
            throw new UnreadableContentException($"The page nests more than {HtmlNesting.MaxDepth:N0} elements in one another.");

        using var page = new HtmlParser(Options).ParseDocument(html);
        new HtmlBlocks(fragments).Write(page);
    }

    /// <summary>A byte order mark wins over the declared charset, and that over UTF-8 and statistics, as in browsers.</summary>
    private static TextEncoding? EncodingOf(byte[] bytes)
    {
        var detected = TextEncoding.Detect(bytes, isWhole: true);
        if (detected is null or { PreambleBytes: > 0 })
            return detected;

        var head = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, CharsetBytes));
        var declared = MetaCharset().Match(head) is { Success: true } meta ? TextEncoding.Named(meta.Groups["name"].Value) : null;

        // A page that can be read proves that it is not UTF-16, whatever it declares.
        return declared is null || declared.Encoding.GetByteCount("a") != 1 ? detected : declared;
    }

    [GeneratedRegex("""<meta\s[^<>]{0,200}?charset\s*=\s*["']?(?<name>[A-Za-z0-9_:.-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex MetaCharset();
}
