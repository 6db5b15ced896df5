using CrossAudit.Server.Features.Documents.Extraction.Embedded;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>One job: has the file parsed, and turns whatever happens into an answer.</summary>
internal static class DocumentText
{
    private const int BufferBytes = 64 * 1024;

    public static ExtractionAnswer Extract(ExtractionJob job)
    {
        try
        {
            using var output = new FileStream(job.Result, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
            var fragments = new FragmentWriter(output, job.MaxFragments, job.MaxCharacters);
            Parsers.Parse(job.Source, job.MimeType, fragments, new EmbeddedFiles(fragments, job.Scratch));
            if (fragments.Fragments == 0)
                throw WhyEmpty(fragments.Omissions);
            return new ExtractionAnswer(fragments.Fragments, fragments.Characters, fragments.Languages.Main, fragments.Omissions.ToString());
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
            return Failed(UnreadableContentException.NotA(job.MimeType).Message, e);
        }
    }

    private static Exception WhyEmpty(Omissions omitted) => omitted switch
    {
        { Count: 0 } => UnsupportedContentException.NoText(),
        { AreSound: true } => new UnsupportedContentException($"The file holds no text. {omitted}"),
        _ => new UnreadableContentException($"The file holds no text that could be read. {omitted}"),
    };

    private static ExtractionAnswer Failed(string reason, Exception e)
    {
        Console.Error.WriteLine(e);
        return new ExtractionAnswer(Failed: reason);
    }
}
