using System.Text;
using System.Text.RegularExpressions;

namespace CrossAudit.Server.Features.Documents.Extraction.Embedded;

/// <summary>An archive member's name. It is shown and judged, and nothing is ever written under it.</summary>
internal static partial class MemberName
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    static MemberName() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The name as it was meant. Programs write UTF-8 without saying so, or the code page of DOS, which puts letters where
    /// Latin-1 has control characters.
    /// </summary>
    /// <param name="latin1">Each byte as one character; a name that is said to be UTF-8 comes decoded.</param>
    public static string Decode(string latin1)
    {
        if (Ascii.IsValid(latin1) || latin1.Any(c => c > '\xFF'))
            return latin1;

        var bytes = Encoding.Latin1.GetBytes(latin1);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return latin1.Any(char.IsControl) ? Encoding.GetEncoding(850).GetString(bytes) : latin1;
        }
    }

    /// <summary>Folders, and what macOS and Windows put beside documents.</summary>
    public static bool IsNoDocument(string name) => NoDocument().IsMatch(name);

    /// <summary>An honest archive holds no such name, so whoever made this one meant harm: what it hides is not read.</summary>
    public static bool LeavesTheArchive(string name) => Leaving().IsMatch(name);

    [GeneratedRegex(@"[/\\]\z|\A__MACOSX/|(?:\A|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)\z", RegexOptions.IgnoreCase)]
    private static partial Regex NoDocument();

    [GeneratedRegex(@"\A[/\\]|\A[A-Za-z]:|(?:\A|[/\\])\.\.(?:[/\\]|\z)|\0")]
    private static partial Regex Leaving();
}
