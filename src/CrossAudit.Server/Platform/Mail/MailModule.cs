using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Work;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>The outbox and the transport that the settings name.</summary>
internal static class MailModule
{
    public static IServiceCollection AddMail(this IServiceCollection services, Settings settings)
    {
        services.AddScoped<MailOutbox>().AddScoped<MailBacklog>().AddWork<OutgoingMail, MailDelivery>();
        return settings.Smtp is { } smtp
            ? services.AddSingleton<IMailTransport>(_ => new SmtpTransport(smtp))
            : services.AddSingleton<IMailTransport, EmlTransport>();
    }
}
