using System.Text;
using AngleSharp.Dom;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>What elements mean for the text of a page.</summary>
internal static class HtmlElements
{
    /// <summary>Not for reading: code, and controls and links that lead elsewhere.</summary>
    public static bool IsSkipped(IElement element) =>
        element.LocalName is "script" or "style" or "template" or "noscript" or "svg" or "head" or "nav" or "select"
            or "button" or "iframe" or "object" or "canvas" or "audio" or "video"
        || element.HasAttribute("hidden")
        || element.GetAttribute("role") is "navigation" or "menu" or "search";

    /// <summary>Whether the element begins and ends a paragraph.</summary>
    public static bool IsBlock(IElement element) =>
        element.LocalName is "html" or "body" or "main" or "article" or "section" or "header" or "footer" or "aside" or "div" or "p"
            or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "address" or "figure" or "figcaption" or "center"
            or "ul" or "ol" or "li" or "dl" or "dt" or "dd" or "menu" or "details" or "summary" or "form" or "fieldset" or "legend"
            or "table" or "caption" or "thead" or "tbody" or "tfoot" or "tr" or "td" or "th"
            or "pre" or "xmp" or "listing" or "plaintext" or "textarea" or "hr";

    /// <summary>An element's text with its line breaks, without what is skipped. Walks without recursion.</summary>
    public static string TextOf(INode root)
    {
        var text = new StringBuilder();
        var open = new Stack<INode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is IText part)
                text.Append(part.Data);
            else if (node is IElement { LocalName: "br" })
                text.Append('\n');
            else if (node is not IElement element || !IsSkipped(element))
            {
                if (node != root && node is IElement inner && IsBlock(inner))
                    text.Append(' ');
                for (var i = node.ChildNodes.Length - 1; i >= 0; i--)
                    open.Push(node.ChildNodes[i]);
            }
        }

        return text.ToString();
    }

    public static string? FirstHeading(IDocument page) =>
        page.QuerySelector("h1") is { } heading ? WhiteSpace.Collapse(TextOf(heading)) : null;
}
