using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>What did not go out as it should: what an operator has to hear of.</summary>
internal sealed class MailBacklog(AppDbContext db, TimeProvider clock)
{
    // A mail server that is down for a minute costs nothing, for the outbox waits.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    // An address that does not exist would otherwise be held against the server for good.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>One sentence, or null if all is well.</summary>
    public async Task<string?> ComplaintAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (late, remembered) = (now - Late, now - Remembered);
        var waiting = await db.Set<OutgoingMail>().CountAsync(m => m.DueAt != null && m.CreatedAt < late, stop);
        var givenUp = await db.Set<OutgoingMail>().CountAsync(m => m.Failure != null && m.CreatedAt > remembered, stop);
        return (waiting, givenUp) switch
        {
            (0, 0) => null,
            (_, 0) => $"Mails that have waited for over {Late.TotalMinutes:0} minutes: {waiting}.",
            (0, _) => $"Mails that were given up: {givenUp}.",
            _ => $"Mails that have waited for over {Late.TotalMinutes:0} minutes: {waiting}; that were given up: {givenUp}.",
        };
    }
}
