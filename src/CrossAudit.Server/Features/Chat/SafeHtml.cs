using Ganss.Xss;

namespace CrossAudit.Server.Features.Chat;

/// <summary>HTML of people's messages, without scripts, styles, forms and whatever else could act in a reader's browser.</summary>
internal static class SafeHtml
{
    /// <summary>
    /// The most tags of a message. A parser repairs unclosed tags by repeating them, so what it builds grows with the square of their number:
    /// this keeps the largest answer to some hundred kilobytes.
    /// </summary>
    public const int MostTags = 300;

    // Safe to share once it is set up.
    private static readonly HtmlSanitizer Sanitizer = Create();

    public static bool IsTooComplex(string html) => html.AsSpan().Count('<') > MostTags;

    public static string From(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        // A style can lay itself over the page or fetch from elsewhere; a form can ask a reader for a password.
        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedTags.ExceptWith(["form", "input", "button", "textarea", "select", "option", "fieldset"]);
        return sanitizer;
    }
}
