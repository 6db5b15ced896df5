using CrossAudit.Contracts.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>PDF, page by page: letters become words, words blocks, blocks paragraphs in reading order. Nothing is recognised in images.</summary>
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

    public static void Extract(string path, FragmentWriter fragments)
    {
        using var document = Open(path);
        if (document.NumberOfPages == 0)
            throw UnreadableContentException.Damaged("it holds no pages.");

        var layout = new PdfLayout();
        var headings = new PdfHeadings();
        var hasImages = false;
        fragments.Score = Confidence.InferredFromLayout;

        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            var page = Page(document, number);
            fragments.Page = number;
            hasImages |= page.NumberOfImages > 0;
            foreach (var block in headings.Read(layout.Blocks(page), page.Height))
                Write(block, fragments);
        }

        if (fragments.Fragments == 0)
            throw WhyEmpty(path, hasImages);
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
