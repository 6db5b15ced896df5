using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction.Embedded;
using MimeKit;

namespace CrossAudit.Server.Features.Documents.Extraction.Mails;

/// <summary>EML: the subject as a heading, the headers that people read, the body, then each attachment as a section of its own.</summary>
internal static class MailText
{
    public static void Extract(string path, FragmentWriter fragments, EmbeddedFiles embedded)
    {
        using var file = File.OpenRead(path);
        using var mail = Load(file);
        var parts = MailParts.Of(mail.Body);

        // Above the title that a page in the body may have.
        fragments.AddHeading(-1, mail.Subject ?? "");
        fragments.Add(FragmentType.Paragraph, HeadersOf(mail, parts));
        foreach (var body in parts.Bodies)
            WriteBody(body, fragments);
        fragments.LeaveHeadings();
        foreach (var locked in parts.Locked)
            fragments.Omit(locked, "encrypted", isSound: false);
        foreach (var attachment in parts.Attachments)
            embedded.Read(MailParts.NameOf(attachment), () => Open(attachment));
    }

    private static MimeMessage Load(Stream file)
    {
        try
        {
            return MimeMessage.Load(file, persistent: true);
        }
        catch (FormatException e)
        {
            throw UnreadableContentException.Damaged("it is no complete e-mail message.", e);
        }
    }

    private static string HeadersOf(MimeMessage mail, MailParts parts)
    {
        (string Name, string? Value)[] headers =
        [
            ("From", mail.From.ToString()), ("To", mail.To.ToString()), ("Cc", mail.Cc.ToString()), ("Bcc", mail.Bcc.ToString()), ("Reply-To", mail.ReplyTo.ToString()),
            ("Date", mail.Headers[HeaderId.Date]), ("Attachments", string.Join(", ", parts.Attachments.Select(MailParts.NameOf))),
        ];
        return string.Join('\n', headers.Where(h => !string.IsNullOrWhiteSpace(h.Value)).Select(h => $"{h.Name}: {WhiteSpace.Collapse(h.Value!)}"));
    }

    private static void WriteBody(TextPart body, FragmentWriter fragments)
    {
        if (body.IsHtml)
            HtmlText.Write(body.Text, fragments);
        else
            PlainText.WriteParagraphs(FragmentType.Paragraph, body.Text, fragments);
    }

    /// <summary>Text goes on in UTF-8 with its mark: the mail knows its charset, and the parsers would have to guess it.</summary>
    private static Stream Open(MimeEntity attachment)
    {
        if (attachment is TextPart text)
            return new MemoryStream([.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(text.Text)]);
        if (attachment is MimePart { Content: { } content })
            return content.Open();

        var message = new MemoryStream();
        (attachment as MessagePart)?.Message?.WriteTo(message);
        message.Position = 0;
        return message;
    }
}
