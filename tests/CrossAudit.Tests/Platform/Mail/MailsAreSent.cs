using System.Globalization;
using CrossAudit.Server.Platform.Mail;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using MimeKit;

namespace CrossAudit.Tests.Platform.Mail;

public sealed class MailsAreSent(ServerSet servers)
{
    [Theory, EveryShape]
    public async Task A_mail_whose_taking_was_not_confirmed_is_sent_again_and_is_known_by_its_Message_ID(Shape shape)
    {
        using var sink = new SmtpSink(hangUps: 1);
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?>
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["SMTP_TLS"] = "false",
        });

        var founder = await Person.FounderAsync(server);
        await Eventually.HoldsAsync(async () => (await Stored.AllAsync<OutgoingMail>(server)).TrueForAll(mail => mail.SentAt is not null), TimeSpan.FromSeconds(60), "The second attempt");

        var mails = sink.Mails.Select(Read).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
        Assert.All(mails, mail => Assert.Equal((founder.Email, "Confirm your e-mail address"), (Assert.Single(mail.To.Mailboxes).Address, mail.Subject)));
        Assert.All(mails, mail => Assert.True(mail.TextBody is { Length: > 0 } && mail.HtmlBody is { Length: > 0 }));
        // What is delivered is not kept: it held a token.
        Assert.All(await Stored.AllAsync<OutgoingMail>(server), mail => Assert.Null(mail.Text));
    }

    private static MimeMessage Read(string mail)
    {
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return MimeMessage.Load(text);
    }
}
