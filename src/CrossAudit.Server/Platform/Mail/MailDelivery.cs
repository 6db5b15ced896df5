using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Work;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Text;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>
/// Hands a queued mail to the transport. A crash in between may repeat it; the Message-ID tells the receiver that it is the same. A mail server that is away,
/// refuses our sign-in or puts us off is tried for three days, as mail servers do among each other.
/// </summary>
internal sealed class MailDelivery(AppDbContext db, IMailTransport transport, Settings settings, TimeProvider clock) : IWork<OutgoingMail>
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public static TimeSpan TimeLimit => TimeSpan.FromSeconds(60);

    public static int Concurrency => 2;

    public static TimeSpan LongestPause => TimeSpan.FromMinutes(15);

    // The server is there and refuses this very mail for good. Whatever else fails an operator can mend, and the mail goes out then.
    public static bool IsOwn(Exception failure) => failure
        is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, StatusCode: >= (SmtpStatusCode)500 } or ParseException;

    public static bool IsTooLate(OutgoingMail row, DateTimeOffset now) => now - row.CreatedAt > Patience;

    public async Task RunAsync(OutgoingMail row, CancellationToken stop)
    {
        await transport.SendAsync(Compose(row), stop);
        db.Attach(row);
        (row.SentAt, row.DueAt, row.Text, row.Html) = (clock.GetUtcNow(), null, null, null);
        await db.TrySaveAsync(stop);
    }

    public async Task ParkAsync(OutgoingMail row, Exception cause, CancellationToken stop)
    {
        db.Attach(row);
        (row.Failure, row.DueAt) = (cause.Message, null);
        await db.TrySaveAsync(stop);
    }

    private MimeMessage Compose(OutgoingMail mail)
    {
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{settings.PublicUrl.Host}",
            Date = mail.CreatedAt,
            Subject = mail.Subject,
            Body = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = mail.Text ?? "" }, new TextPart(TextFormat.Html) { Text = mail.Html ?? "" } },
        };
        message.From.Add(MailboxAddress.Parse(settings.MailFrom));
        message.To.Add(MailboxAddress.Parse(mail.Recipient));
        return message;
    }
}
