using System.Text.RegularExpressions;

namespace CrossAudit.Contracts;

/// <summary>A well-formed language tag (BCP 47, RFC 5646, section 2.1), such as <c>de-AT</c>.</summary>
public sealed partial class LanguageTagAttribute() : FormatAttribute("a language tag, such as de-AT")
{
    /// <summary>Gives a tag the case that is usual for each part (RFC 5646, section 2.1.1): <c>zh-hans-cn</c> becomes <c>zh-Hans-CN</c>.</summary>
    /// <param name="tag">A well-formed tag.</param>
    public static string Canonicalize(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var parts = tag.ToLowerInvariant().Split('-');
        // What follows a single letter is an extension, or private: all lower case.
        for (var i = 1; i < parts.Length && parts[i].Length > 1; i++)
            parts[i] = parts[i] switch
            {
                { Length: 2 } region => region.ToUpperInvariant(),
                { Length: 4 } script when char.IsAsciiLetter(script[0]) => char.ToUpperInvariant(script[0]) + script[1..],
                var other => other,
            };
        return string.Join('-', parts);
    }

    /// <inheritdoc/>
    protected override bool Matches(string text) => Tag().IsMatch(text);

    [GeneratedRegex("^[a-z]{2,8}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
