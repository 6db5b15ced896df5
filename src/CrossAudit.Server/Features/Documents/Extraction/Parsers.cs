using CrossAudit.Server.Features.Documents.Extraction.Embedded;
using CrossAudit.Server.Features.Documents.Extraction.Mails;
using CrossAudit.Server.Features.Documents.Extraction.Odt;
using CrossAudit.Server.Features.Documents.Extraction.Pptx;
using CrossAudit.Server.Features.Documents.Extraction.Rtf;
using CrossAudit.Server.Features.Documents.Extraction.Xlsx;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The parser for each type, for whole files and for those that stand in them.</summary>
internal static class Parsers
{
    public static void Parse(string path, string mimeType, FragmentWriter fragments, EmbeddedFiles embedded)
    {
        switch (mimeType)
        {
            case ContentTypes.Pdf:
                PdfText.Extract(path, fragments, embedded);
                break;
            case ContentTypes.Docx:
                DocxText.Extract(path, fragments);
                break;
            case ContentTypes.Pptx:
                PptxText.Extract(path, fragments);
                break;
            case ContentTypes.Xlsx:
                XlsxText.Extract(path, fragments);
                break;
            case ContentTypes.Odt:
                OdtText.Extract(path, fragments);
                break;
            case ContentTypes.Rtf:
                RtfText.Extract(path, fragments);
                break;
            case ContentTypes.Html:
                HtmlText.Extract(path, fragments);
                break;
            case ContentTypes.Markdown:
                MarkdownText.Extract(path, fragments);
                break;
            case ContentTypes.Csv:
                CsvText.Extract(path, fragments);
                break;
            case ContentTypes.PlainText:
                PlainText.Extract(path, fragments);
                break;
            case ContentTypes.Email:
                MailText.Extract(path, fragments, embedded);
                break;
            case ContentTypes.Zip:
                ZipText.Extract(path, embedded, fragments);
                break;
            case ContentTypes.OleCompound:
                throw new UnreadableContentException("The file is protected by a password or from an Office before 2007. Save it in today's format without a password.");
            default:
                throw new UnsupportedContentException($"The file is {ContentTypes.Describe(mimeType)}, which cannot be turned into text.");
        }
    }
}
