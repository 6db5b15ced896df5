using System.Globalization;
using CrossAudit.Server.Platform.Mail;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>The mail that brings an invitation.</summary>
internal static class InvitationMail
{
    public static void Add(MailOutbox mail, Uri publicUrl, Invitation invitation, string organization, string inviter, string token)
    {
        var until = invitation.ExpiresAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        mail.Add(invitation.Email, new Letter($"Invitation to {organization}")
            .Paragraph($"{inviter} invites you to join {organization} on CrossAudit as {invitation.Role}.")
            .Paragraph($"Register until {until}, or accept with the account that you have:")
            .Link(new Uri(publicUrl, "invitation"), token)
            .Paragraph("If you did not expect this, leave it: nothing happens without you."));
    }
}
