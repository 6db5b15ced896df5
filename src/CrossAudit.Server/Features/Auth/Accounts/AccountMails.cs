using System.Globalization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Mail;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>The mails about an account: links to be followed, and notices that let its owner see what somebody else did.</summary>
internal sealed class AccountMails(MailOutbox mail, Settings settings)
{
    public void ResetPassword(User user, string token, DateTimeOffset until) => mail.Add(user.Email!, new Letter("Choose a new password")
        .Paragraph("Somebody, probably you, asked for a new password for your CrossAudit account.")
        .Paragraph($"Choose one here until {Time(until)}:")
        .Link(Page("reset-password"), token)
        .Paragraph("If it was not you, leave it: your password stays as it is."));

    public void VerifyEmail(User user, string token, DateTimeOffset until) => mail.Add(user.Email!, new Letter("Confirm your e-mail address")
        .Paragraph("Welcome to CrossAudit.")
        .Paragraph($"Show that this address is yours until {Time(until)}:")
        .Link(Page("verify-email"), token)
        .Paragraph("If you have made no account, leave it: nobody can use this address without you."));

    public void ConfirmNewEmail(string newEmail, string token, DateTimeOffset until) => mail.Add(newEmail, new Letter("Confirm your new e-mail address")
        .Paragraph($"Somebody, probably you, wants to sign in to CrossAudit with this address. Confirm it until {Time(until)}:")
        .Link(Page("change-email"), token)
        .Paragraph("If it was not you, leave it: nothing changes."));

    public void Notice(User user, string what) => mail.Add(user.Email!, new Letter(what)
        .Paragraph($"{what}.")
        .Paragraph($"If it was not you, choose a new password at once: {Page("reset-password")}"));

    public ValueTask WakeAsync() => mail.WakeAsync();

    private Uri Page(string name) => new(settings.PublicUrl, name);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
