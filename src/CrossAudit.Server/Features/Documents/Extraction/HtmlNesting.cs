namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Counts how deeply a page nests its elements, before it is parsed: the parser looks through the whole branch for each
/// new element, so that its time grows with the square of the depth, to minutes for a megabyte of nested divs.
/// </summary>
internal static class HtmlNesting
{
    /// <summary>Parsed in about a second; real pages stay under a hundred.</summary>
    public const int MaxDepth = 4000;

    public static bool IsTooDeep(ReadOnlySpan<char> html)
    {
        var depth = 0;
        while (html.IndexOf('<') is var start && start >= 0)
        {
            html = html[(start + 1)..];
            var closes = html.StartsWith("/");
            var name = Name(closes ? html[1..] : html);
            if (!closes && RawEnd(name) is { } end)
                html = html.IndexOf(end, StringComparison.OrdinalIgnoreCase) is var raw && raw >= 0 ? html[raw..] : [];
            else if (Nests(name))
                depth = Math.Max(0, depth + (closes ? -1 : 1));
            if (depth > MaxDepth)
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var length = 0;
        while (length < tag.Length && (char.IsAsciiLetterOrDigit(tag[length]) || tag[length] == '-'))
            length++;
        return tag[..length];
    }

    /// <summary>What ends an element whose content is no markup; null for all others.</summary>
    private static string? RawEnd(ReadOnlySpan<char> name) =>
        name.Equals("script", StringComparison.OrdinalIgnoreCase) ? "</script"
        : name.Equals("style", StringComparison.OrdinalIgnoreCase) ? "</style"
        : null;

    /// <summary>Not what is always empty, and not what a page may leave open without nesting.</summary>
    private static bool Nests(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[16];
        if (name.IsEmpty || name.Length > lower.Length || !char.IsAsciiLetter(name[0]))
            return false;
        name.ToLowerInvariant(lower);
        return lower[..name.Length] is not ("area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta"
            or "param" or "source" or "track" or "wbr" or "html" or "head" or "body" or "p" or "li" or "dt" or "dd" or "option"
            or "optgroup" or "colgroup" or "thead" or "tbody" or "tfoot" or "tr" or "td" or "th" or "rt" or "rp");
    }
}
