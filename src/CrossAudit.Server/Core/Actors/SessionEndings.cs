using System.Linq.Expressions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Actors;

/// <summary>Ends sessions as part of the act that makes them end, such as a new password or a removed member.</summary>
internal sealed class SessionEndings(AppDbContext db, ActorChanges changes, TimeProvider clock)
{
    private readonly List<Guid> _ended = [];

    /// <summary>Ends all sessions of an account, in the running unit of work; but for one, if it is named.</summary>
    /// <returns>How many it ends.</returns>
    public Task<int> EndOfUserAsync(Guid userId, string reason, CancellationToken stop, Guid? except = null) =>
        EndAsync(session => session.UserId == userId && session.Id != except, reason, stop);

    /// <summary>Ends the sessions of an account in one organization, in the running unit of work.</summary>
    /// <returns>How many it ends.</returns>
    public Task<int> EndOfMemberAsync(Guid userId, Guid organizationId, string reason, CancellationToken stop) =>
        EndAsync(session => session.UserId == userId && session.OrganizationId == organizationId, reason, stop);

    /// <summary>Tells every node of one session that was ended otherwise.</summary>
    public ValueTask PublishAsync(Guid sessionId) => changes.SessionEndedAsync(sessionId);

    /// <summary>Tells every node, after the unit of work is saved: from then on the ended sessions' tokens are refused everywhere.</summary>
    public async Task PublishAsync()
    {
        foreach (var id in _ended)
            await changes.SessionEndedAsync(id);
        _ended.Clear();
    }

    private async Task<int> EndAsync(Expression<Func<Session, bool>> which, string reason, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var sessions = await db.Set<Session>().Where(which).Where(session => session.EndedAt == null && session.ExpiresAt > now).ToListAsync(stop);
        foreach (var session in sessions)
        {
            session.End(reason, now);
            _ended.Add(session.Id);
        }
        return sessions.Count;
    }
}
