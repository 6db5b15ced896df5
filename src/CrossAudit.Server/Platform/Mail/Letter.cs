using System.Net;
using System.Text;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>
/// The content of a mail, written once and sent as text and as HTML. It loads nothing from anywhere: a mail that does tells its sender who reads it.
/// </summary>
internal sealed class Letter(string subject)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    // A name with line breaks could write headers of its own.
    public string Subject { get; } = Plain(subject);

    public string Text => _text.ToString();

    public string Html => $"""<!DOCTYPE html><html lang="en"><body style="font-family:sans-serif;line-height:1.5;max-width:36em">{_html}</body></html>""";

    public Letter Paragraph(string text)
    {
        _text.Append(Plain(text)).Append("\n\n");
        _html.Append("<p>").Append(WebUtility.HtmlEncode(Plain(text))).Append("</p>");
        return this;
    }

    /// <summary>A link that carries a secret, and the secret by itself for those who use the API.</summary>
    /// <param name="page">The page; the secret stands behind its <c>#</c>, which browsers send to nobody and no log keeps.</param>
    public Letter Link(Uri page, string token)
    {
        var address = $"{page}#token={token}";
        _text.Append(address).Append("\n\nThe token by itself:\n\n").Append(token).Append("\n\n");
        _html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(address)).Append("\">").Append(WebUtility.HtmlEncode(page.ToString())).Append("</a></p><p>The token by itself:</p><p><code>").Append(token).Append("</code></p>");
        return this;
    }

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
