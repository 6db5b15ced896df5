using System.Net;
using CrossAudit.Server.Platform.Mail;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>The mail that brings an invitation.</summary>
internal static class InvitationMail
{
    public static void Add(MailOutbox mail, Uri publicUrl, Invitation invitation, string organization, string inviter, string token)
    {
        // A name with line breaks could write a mail of its own.
        organization = string.Concat(organization.Select(c => char.IsControl(c) ? ' ' : c));
        var until = invitation.ExpiresAt.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var text = $"""
            {inviter} invites you to join {organization} on CrossAudit as {invitation.Role}.

            Register at {publicUrl} with this token until {until}, or accept it with the account that you have:

            {token}

            If you did not expect this, leave it: nothing happens without you.
            """;
        var html = $"""
            <p>{WebUtility.HtmlEncode(inviter)} invites you to join <strong>{WebUtility.HtmlEncode(organization)}</strong> on CrossAudit as {invitation.Role}.</p>
            <p>Register at {WebUtility.HtmlEncode(publicUrl.ToString())} with this token until {until}, or accept it with the account that you have:</p>
            <p><code>{token}</code></p>
            <p>If you did not expect this, leave it: nothing happens without you.</p>
            """;
        mail.Add(invitation.Email, $"Invitation to {organization}", text, html);
    }
}
