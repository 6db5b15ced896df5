using CrossAudit.Server.Platform.Configuration;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>Takes a mail out of the house.</summary>
internal interface IMailTransport
{
    Task SendAsync(MimeMessage message, CancellationToken stop);
}

/// <summary>Mails as <c>.eml</c> files in a folder: the embedded shape, for an operator to read or pick up.</summary>
internal sealed class EmlTransport(Settings settings) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(settings.MailDirectory);
        var path = Path.Combine(settings.MailDirectory, $"{message.Date.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{message.MessageId?.Split('@')[0]}.eml");
        await message.WriteToAsync(path + ".part", stop);
        File.Move(path + ".part", path, overwrite: true);
    }
}

/// <summary>Mails by SMTP: the full shape.</summary>
internal sealed class SmtpTransport(SmtpSettings settings) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient { Timeout = 30_000 };
        await client.ConnectAsync(settings.Host, settings.Port, Security, stop);
        if (settings.Username is { } username)
            await client.AuthenticateAsync(username, settings.Password ?? "", stop);
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }

    private const int ImplicitTlsPort = 465;

    // Never "when available": whoever sits in between could then take TLS away.
    private SecureSocketOptions Security => !settings.RequireTls ? SecureSocketOptions.None
        : settings.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
}
