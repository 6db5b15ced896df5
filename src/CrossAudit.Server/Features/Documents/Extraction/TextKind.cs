using System.Text.RegularExpressions;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Tells kinds of text apart: pages and mails by what they say, the rest by the extension.</summary>
internal static partial class TextKind
{
    /// <param name="text">The text or its beginning.</param>
    /// <param name="extension">With its dot; a hint.</param>
    public static string Of(string text, string? extension)
    {
        extension = extension?.ToLowerInvariant();
        var named = extension switch
        {
            ".md" or ".markdown" => ContentTypes.Markdown,
            ".csv" or ".tsv" => ContentTypes.Csv,
            ".txt" or ".text" or ".log" => ContentTypes.PlainText,
            _ => null,
        };

        if (PageStart().IsMatch(text))
            return ContentTypes.Html;

        // A README may begin with <p align="center">: an element makes a page only if the name does not say otherwise.
        if (named is null && (ElementStart().IsMatch(text) || (extension is ".html" or ".htm" or ".xhtml" && AnyElement().IsMatch(text))))
            return ContentTypes.Html;
        if (IsMail(text, isNamedMail: extension == ".eml"))
            return ContentTypes.Email;
        return named ?? ContentTypes.PlainText;
    }

    /// <summary>
    /// Header lines at the very start, among them one that only a mail program writes, unless the name says that it is a
    /// mail: a memorandum has From, To and Subject as well.
    /// </summary>
    private static bool IsMail(string text, bool isNamedMail)
    {
        var headers = 0;
        var technical = isNamedMail;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                break;
            if (line[0] is ' ' or '\t')
                continue;
            if (!HeaderLine().IsMatch(line))
                return false;
            headers++;
            technical |= TechnicalHeader().IsMatch(line);
        }

        return headers >= 3 && technical;
    }

    [GeneratedRegex(@"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?s:.{0,20000}?)-->\s*)*<(?:!doctype\s+html|html|head|body)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PageStart();

    [GeneratedRegex(@"\A\s*(?:<!--(?s:.{0,20000}?)-->\s*)*<(?:title|meta|link|script|style|h[1-6]|p|div|table|ul|ol|section|article|main|pre)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ElementStart();

    [GeneratedRegex(@"<(?:html|body|h[1-6]|p|div|table|ul|ol|pre|br)\b[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex AnyElement();

    [GeneratedRegex(@"\A(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"\A(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|DKIM-Signature):", RegexOptions.IgnoreCase)]
    private static partial Regex TechnicalHeader();
}
