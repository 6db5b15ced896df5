using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction.Embedded;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>PDF, page by page: letters become words, words blocks, blocks paragraphs in reading order; then the attached files. Nothing is recognised in images.</summary>
internal static class PdfText
{
    /// <summary>How deep objects may nest. A parser that follows them without a limit overflows its stack.</summary>
    private const int MaxDepth = 256;

    /// <summary>The end mark stands within this many bytes of the end, even where a server appended something.</summary>
    private const int EndBytes = 4096;

    private static readonly ParsingOptions Options = new()
    {
        UseLenientParsing = true,
        SkipMissingFonts = true,
        MaxStackDepth = MaxDepth,
    };

    public static void Extract(string path, FragmentWriter fragments, EmbeddedFiles embedded)
    {
        using var document = Open(path);
        if (document.NumberOfPages == 0)
            throw UnreadableContentException.Damaged("it holds no pages.");

        var first = fragments.Fragments;
        var layout = new PdfLayout();
        var headings = new PdfHeadings();
        var scans = new List<int>();
        fragments.Score = Confidence.InferredFromLayout;

        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            var page = Page(document, number);
            fragments.Page = number;
            var before = fragments.Fragments;
            foreach (var block in headings.Read(layout.Blocks(page), page.Height))
                Write(block, fragments);
            if (fragments.Fragments == before && page.NumberOfImages > 0)
                scans.Add(number);
        }

        ReadAttached(document, fragments, embedded);
        if (fragments.Fragments == first)
            throw WhyEmpty(path, hasImages: scans.Count > 0);
        if (scans.Count > 0)
            fragments.Omit(scans.Count == 1 ? $"page {scans[0]}" : $"{scans.Count:N0} pages from {scans[0]} on", "images without a text layer");
    }

    private static void ReadAttached(PdfDocument document, FragmentWriter fragments, EmbeddedFiles embedded)
    {
        if (!document.Advanced.TryGetEmbeddedFiles(out var files))
            return;
        fragments.Page = null;
        fragments.LeaveHeadings();
        foreach (var file in files)
            embedded.Read(string.IsNullOrWhiteSpace(file.FileSpecification) ? file.Name : file.FileSpecification, () => new MemoryStream(file.Bytes.ToArray()));
    }

    /// <summary>The parser makes up an empty page for a file that was cut off, so the end is looked for here.</summary>
    private static Exception WhyEmpty(string path, bool hasImages)
    {
        using var file = File.OpenRead(path);
        file.Position = Math.Max(0, file.Length - EndBytes);
        var end = new byte[EndBytes];
        var read = file.ReadAtLeast(end, EndBytes, throwOnEndOfStream: false);
        if (end.AsSpan(0, read).IndexOf("%%EOF"u8) < 0)
            return UnreadableContentException.Damaged("its end is missing.");

        return hasImages
            ? new UnsupportedContentException("No text layer: the pages are images.")
            : UnsupportedContentException.NoText();
    }

    private static void Write(PdfBlock block, FragmentWriter fragments)
    {
        if (block.HeadingLevel is { } level)
        {
            fragments.AddHeading(level, block.Text);
            return;
        }

        if (block.Table is { } table)
        {
            fragments.Score = Confidence.InferredTable;
            fragments.Add(FragmentType.Table, table);
            fragments.Score = Confidence.InferredFromLayout;
            return;
        }

        foreach (var paragraph in block.Paragraphs())
            fragments.Add(FragmentType.Paragraph, paragraph);
    }

    private static PdfDocument Open(string path)
    {
        try
        {
            return PdfDocument.Open(path, Options);
        }
        catch (PdfDocumentEncryptedException e)
        {
            throw UnreadableContentException.Locked(e);
        }
        catch (PdfDocumentStackDepthException e)
        {
            throw UnreadableContentException.Damaged("its objects are nested too deeply.", e);
        }
    }

    private static Page Page(PdfDocument document, int number)
    {
        try
        {
            return document.GetPage(number);
        }
        catch (PdfDocumentFormatException e)
        {
            throw UnreadableContentException.Damaged($"page {number} cannot be read.", e);
        }
    }
}
