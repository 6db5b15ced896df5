namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The media types that <see cref="ContentSniffer"/> can tell apart; those of the first group can be turned into text.</summary>
internal static class ContentTypes
{
    public const string Pdf = "application/pdf";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Odt = "application/vnd.oasis.opendocument.text";
    public const string Rtf = "application/rtf";
    public const string Html = "text/html";
    public const string Markdown = "text/markdown";
    public const string Csv = "text/csv";
    public const string PlainText = "text/plain";
    public const string Email = "message/rfc822";
    public const string Zip = "application/zip";

    public const string Ods = "application/vnd.oasis.opendocument.spreadsheet";
    public const string Odp = "application/vnd.oasis.opendocument.presentation";
    public const string Epub = "application/epub+zip";

    /// <summary>The OLE container: Office before 2007, and any Office file that is protected by a password.</summary>
    public const string OleCompound = "application/x-ole-storage";

    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string Gzip = "application/gzip";
    public const string Executable = "application/x-executable";
    public const string OctetStream = "application/octet-stream";

    /// <summary>The supported types by name, to stand in a sentence.</summary>
    public const string SupportedNames = "PDF, DOCX, PPTX, XLSX, ODT, RTF, HTML, Markdown, CSV, plain text, e-mail (EML), and ZIP archives of these";

    /// <summary>Whether text can be extracted from files of this type.</summary>
    public static bool IsSupported(string mimeType) =>
        mimeType is Pdf or Docx or Pptx or Xlsx or Odt or Rtf or Html or Markdown or Csv or PlainText or Email or Zip;

    /// <summary>The type with its article, to stand in a sentence such as "The file is a PNG image."</summary>
    public static string Describe(string mimeType) => mimeType switch
    {
        Pdf => "a PDF document",
        Docx => "a Word document",
        Pptx => "a PowerPoint presentation",
        Xlsx => "an Excel workbook",
        Odt => "an OpenDocument text",
        Rtf => "an RTF document",
        Html => "an HTML page",
        Markdown => "a Markdown text",
        Csv => "a CSV table",
        PlainText => "a plain text",
        Email => "an e-mail message",
        Zip => "a ZIP archive",
        Ods => "an OpenDocument spreadsheet",
        Odp => "an OpenDocument presentation",
        Epub => "an EPUB book",
        OleCompound => "a legacy or password-protected Office file",
        Png => "a PNG image",
        Jpeg => "a JPEG image",
        Gif => "a GIF image",
        Gzip => "a gzip archive",
        Executable => "a program",
        _ => "a binary file of an unknown type",
    };
}
