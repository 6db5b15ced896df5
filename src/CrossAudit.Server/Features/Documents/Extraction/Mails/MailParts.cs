using MimeKit;
using MimeKit.Cryptography;

namespace CrossAudit.Server.Features.Documents.Extraction.Mails;

/// <summary>The parts of a mail: what is its text, what is attached, and what is locked.</summary>
internal sealed class MailParts
{
    public List<TextPart> Bodies { get; } = [];

    public List<MimeEntity> Attachments { get; } = [];

    /// <summary>Names of what is encrypted.</summary>
    public List<string> Locked { get; } = [];

    public static MailParts Of(MimeEntity? root)
    {
        var parts = new MailParts();
        var open = new Stack<MimeEntity>();
        if (root is not null)
            open.Push(root);
        while (open.TryPop(out var part))
            parts.Add(part, open);
        return parts;
    }

    /// <summary>The name that the sender gave it; else what it is.</summary>
    public static string NameOf(MimeEntity part) => part switch
    {
        MimePart { FileName: { Length: > 0 } name } => name,
        MessagePart { Message.Subject: { Length: > 0 } subject } => subject + ".eml",
        MessagePart => "message.eml",
        _ => part.ContentType.MimeType,
    };

    private void Add(MimeEntity part, Stack<MimeEntity> open)
    {
        switch (part)
        {
            case MultipartEncrypted:
                Locked.Add("the message's body");
                break;
            case MultipartAlternative { Count: > 0 } alternative:
                open.Push(Best(alternative));
                break;
            case MultipartRelated { Root: { } page }:
                // What a page shows beside its text, such as pictures, is no document of its own.
                open.Push(page);
                break;
            case Multipart several:
                foreach (var child in several.Reverse())
                    open.Push(child);
                break;
            case MimePart { ContentType: { MediaType: "application", MediaSubtype: "pgp-signature" or "pkcs7-signature" or "x-pkcs7-signature" } }:
                break;
            case MimePart { ContentType: { MediaType: "application", MediaSubtype: "pkcs7-mime" or "x-pkcs7-mime" } }:
                Locked.Add("the message's body");
                break;
            case TextPart { IsAttachment: false, FileName: null, ContentType.MediaSubtype: "plain" or "html" } body:
                Bodies.Add(body);
                break;
            default:
                Attachments.Add(part);
                break;
        }
    }

    /// <summary>The sender puts the richest last. A calendar or an AMP page may follow the page for people, so that is looked for first.</summary>
    private static MimeEntity Best(MultipartAlternative alternative) =>
        alternative.LastOrDefault(part => part is TextPart { IsHtml: true } or MultipartRelated)
        ?? alternative.LastOrDefault(part => part is TextPart { ContentType.MediaSubtype: "plain" } or Multipart)
        ?? alternative[^1];
}
