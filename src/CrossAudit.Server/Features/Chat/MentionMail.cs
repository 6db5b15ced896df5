using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>Tells people by mail that they were mentioned: those with a confirmed address who did not set <c>notification_preferences.mentions</c> to <c>none</c>.</summary>
internal sealed class MentionMail(AppDbContext db, MailOutbox mail, Actor actor, Settings settings)
{
    /// <summary>Queues the mails in the running unit of work. They say who and where, never what: a mailbox knows no labels.</summary>
    public async Task AddAsync(Message message, CancellationToken stop)
    {
        if (message.Mentions is null)
            return;
        var people = message.Mentions.Where(person => person != actor.UserId).ToList();
        var users = await db.Set<User>().AsNoTracking().Where(u => people.Contains(u.Id) && u.IsActive && u.EmailConfirmed).Select(u => new { u.Email, u.NotificationPreferences }).ToListAsync(stop);
        foreach (var user in users.Where(u => u.NotificationPreferences["mentions"]?.ToString() != "none"))
            mail.Add(user.Email!, new Letter($"{actor.Label} mentioned you")
                .Paragraph($"{actor.Label} mentioned you in a conversation on CrossAudit.")
                .Paragraph($"Read it: {new Uri(settings.PublicUrl, $"chat/{message.ThreadId}")}")
                .Paragraph("To get no such mails, set mentions to none in your notification preferences."));
    }

    /// <summary>Sends off what was saved.</summary>
    public ValueTask WakeAsync() => mail.WakeAsync();
}
