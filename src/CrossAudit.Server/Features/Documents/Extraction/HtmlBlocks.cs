using System.Text;
using AngleSharp.Dom;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Walks a page's tree and writes a fragment for each block. The walk keeps its own stack: recursion over a hostile tree
/// would end the process.
/// </summary>
internal sealed class HtmlBlocks(FragmentWriter fragments)
{
    private readonly StringBuilder _text = new();
    private FragmentType _kind = FragmentType.Paragraph;

    public void Write(IDocument page)
    {
        if (page.Title is { Length: > 0 } title && title != HtmlElements.FirstHeading(page))
            fragments.AddHeading(0, title);

        var open = new Stack<(INode Node, bool IsEnd)>();
        open.Push((page, false));
        while (open.TryPop(out var step))
        {
            if (step.Node is IText text)
                _text.Append(text.Data);
            else if (step.IsEnd)
                Flush();
            else if (step.Node is not IElement element || Enter(element))
                PushContent(open, step.Node);
        }

        Flush();
    }

    /// <summary>True if the walk goes on into the element; false if it is written or skipped as a whole.</summary>
    private bool Enter(IElement element)
    {
        if (HtmlElements.IsSkipped(element))
            return false;
        if (element.LocalName == "br")
            _text.Append(' ');
        if (!HtmlElements.IsBlock(element))
            return true;

        Flush();
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                fragments.AddHeading(element.LocalName[1] - '0', HtmlElements.TextOf(element));
                return false;
            case "pre" or "xmp" or "listing" or "plaintext" or "textarea":
                PlainText.WriteParagraphs(FragmentType.Code, HtmlElements.TextOf(element), fragments);
                return false;
            case "table" when !HtmlTable.IsLayout(element):
                fragments.Add(FragmentType.Table, HtmlTable.TextOf(element));
                return false;
            case "li":
                _kind = FragmentType.List;
                return true;
            default:
                return true;
        }
    }

    /// <summary>The end of a block ends its paragraph, so a block is met twice.</summary>
    private static void PushContent(Stack<(INode Node, bool IsEnd)> open, INode node)
    {
        if (node is IElement element && HtmlElements.IsBlock(element))
            open.Push((node, true));
        for (var i = node.ChildNodes.Length - 1; i >= 0; i--)
            open.Push((node.ChildNodes[i], false));
    }

    private void Flush()
    {
        fragments.Add(_kind, WhiteSpace.Collapse(_text.ToString()));
        _text.Clear();
        _kind = FragmentType.Paragraph;
    }
}
