using System.Net;
using CrossAudit.Contracts.Chat;
using Ganss.Xss;
using Markdig;

namespace CrossAudit.Server.Features.Chat;

/// <summary>HTML of people's messages, without scripts, styles, forms and whatever else could act in a reader's browser.</summary>
internal static class SafeHtml
{
    /// <summary>
    /// The most tags of a message. A parser repairs unclosed tags by repeating them, so what it builds grows with the square of their number:
    /// this keeps the largest answer to some hundred kilobytes.
    /// </summary>
    public const int MostTags = 300;

    // HTML within Markdown is shown as text: it could nest what a parser has to repair, without a limit.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().Build();

    // Safe to share once it is set up.
    private static readonly HtmlSanitizer Sanitizer = Create();

    public static bool IsTooComplex(string html) => html.AsSpan().Count('<') > MostTags;

    public static string From(string html) => Sanitizer.Sanitize(html);

    /// <summary>A message's content as HTML that is safe to show; null where it is neither Markdown nor HTML.</summary>
    public static string? Of(string content, MessageContentType type) => type switch
    {
        MessageContentType.Html => From(content),
        MessageContentType.Markdown => From(Rendered(content)),
        _ => null,
    };

    private static string Rendered(string markdown)
    {
        try
        {
            return Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Quotes or lists so deep that the parser declines: then it is shown as it stands.
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        // A style can lay itself over the page or fetch from elsewhere; a form can ask a reader for a password.
        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedTags.ExceptWith(["form", "input", "button", "textarea", "select", "option", "fieldset"]);
        return sanitizer;
    }
}
