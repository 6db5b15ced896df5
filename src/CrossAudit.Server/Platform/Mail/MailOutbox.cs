using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>Where features leave their mail.</summary>
internal sealed class MailOutbox(AppDbContext db, IMessageBus bus, TimeProvider clock)
{
    /// <summary>Queues a mail in the running unit of work: it exists once that is saved, and not before.</summary>
    public void Add(string recipient, Letter letter)
    {
        var now = clock.GetUtcNow();
        db.Add(new OutgoingMail
        {
            Id = Guid.CreateVersion7(now),
            Recipient = recipient,
            Subject = letter.Subject,
            Text = letter.Text,
            Html = letter.Html,
            CreatedAt = now,
            DueAt = now,
        });
    }

    /// <summary>Sends off what was saved; it would go at the next poll anyway.</summary>
    public ValueTask WakeAsync() => bus.WakeAsync<OutgoingMail>();
}
