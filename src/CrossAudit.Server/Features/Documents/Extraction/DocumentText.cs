namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>One job: picks the parser for the type, and turns whatever happens into an answer.</summary>
internal static class DocumentText
{
    private const int BufferBytes = 64 * 1024;

    public static ExtractionAnswer Extract(ExtractionJob job)
    {
        try
        {
            using var output = new FileStream(job.Result, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
            var fragments = new FragmentWriter(output, job.MaxFragments, job.MaxCharacters);
            Parse(job, fragments);
            return fragments.Fragments > 0
                ? new ExtractionAnswer(fragments.Fragments, fragments.Characters)
                : throw UnsupportedContentException.NoText();
        }
        catch (UnsupportedContentException e)
        {
            return new ExtractionAnswer(Unsupported: e.Message);
        }
        catch (UnreadableContentException e)
        {
            return Failed(e.Message, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The job's boundary: parsers of untrusted bytes throw whatever they like, and their words are not for users.
            // Without memory the process is of no more use; it ends, and the server says why.
            return Failed($"The file is damaged: it cannot be read as {ContentTypes.Describe(job.MimeType)}.", e);
        }
    }

    private static void Parse(ExtractionJob job, FragmentWriter fragments)
    {
        switch (job.MimeType)
        {
            case ContentTypes.Pdf:
                PdfText.Extract(job.Source, fragments);
                break;
            case ContentTypes.Docx:
                DocxText.Extract(job.Source, fragments);
                break;
            case ContentTypes.Html:
                HtmlText.Extract(job.Source, fragments);
                break;
            case ContentTypes.Markdown:
                MarkdownText.Extract(job.Source, fragments);
                break;
            case ContentTypes.Csv:
                CsvText.Extract(job.Source, fragments);
                break;
            case ContentTypes.PlainText:
                PlainText.Extract(job.Source, fragments);
                break;
            case ContentTypes.OleCompound:
                throw new UnreadableContentException("The file is protected by a password or from an Office before 2007. Save it as .docx without a password.");
            default:
                throw new UnsupportedContentException($"The file is {ContentTypes.Describe(job.MimeType)}, which cannot be turned into text.");
        }
    }

    private static ExtractionAnswer Failed(string reason, Exception e)
    {
        Console.Error.WriteLine(e);
        return new ExtractionAnswer(Failed: reason);
    }
}
