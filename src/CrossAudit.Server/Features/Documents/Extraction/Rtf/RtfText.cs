namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>RTF: headings, paragraphs, lists, tables and footnotes. Pictures, embedded objects, headers and footers are left out.</summary>
/// <remarks>The libraries that read RTF are no longer kept, or turn it into HTML first; its text takes little to read.</remarks>
internal static class RtfText
{
    public static void Extract(string path, FragmentWriter fragments)
    {
        var letters = new RtfLetters();
        new RtfDocument(new RtfReader(TextFile.ReadBytes(path)), letters, fragments).Read();
    }
}
