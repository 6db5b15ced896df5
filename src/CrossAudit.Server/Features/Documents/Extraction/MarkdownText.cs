using CrossAudit.Contracts.Documents;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Markdown: the text without its marks; headings, lists, tables and code keep their kind.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().UseYamlFrontMatter().UseEmphasisExtras().UseFootnotes().Build();

    public static void Extract(string path, FragmentWriter fragments)
    {
        var (text, encoding) = TextFile.Read(path);
        fragments.Score = Confidence.Of(encoding);
        if (Parse(text) is { } document)
            Write(document, fragments);
        else
            PlainText.WriteParagraphs(FragmentType.Paragraph, text, fragments);
    }

    /// <summary>Null if quotes or lists are nested so deeply that the parser declines: then the text is taken as it stands.</summary>
    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Write(ContainerBlock blocks, FragmentWriter fragments)
    {
        foreach (var block in blocks)
            Write(block, blocks, fragments);
    }

    private static void Write(Block block, ContainerBlock parent, FragmentWriter fragments)
    {
        switch (block)
        {
            case HeadingBlock heading:
                fragments.AddHeading(heading.Level, MarkdownInlines.TextOf(heading.Inline));
                break;
            case YamlFrontMatterBlock or CodeBlock:
                PlainText.WriteParagraphs(FragmentType.Code, ((LeafBlock)block).Lines.ToString(), fragments);
                break;
            case HtmlBlock html:
                HtmlText.Write(html.Lines.ToString(), fragments);
                break;
            case Table table:
                fragments.Add(FragmentType.Table, string.Join('\n', table.OfType<TableRow>().Select(RowText)));
                break;
            case LinkReferenceDefinitionGroup:
                break;
            case ContainerBlock container:
                Write(container, fragments);
                break;
            case ParagraphBlock paragraph:
                var kind = parent is ListItemBlock ? FragmentType.List : FragmentType.Paragraph;
                fragments.Add(kind, MarkdownInlines.TextOf(paragraph.Inline));
                break;
        }
    }

    private static string RowText(TableRow row) =>
        string.Join('\t', row.OfType<TableCell>().Select(cell =>
            string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => WhiteSpace.Collapse(MarkdownInlines.TextOf(leaf.Inline))))));
}
