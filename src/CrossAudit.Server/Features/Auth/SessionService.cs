using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Opens, renews and ends sessions.</summary>
internal sealed class SessionService(
    AppDbContext db, CurrentActor current, AuditTrail audit, AccessTokens tokens, ActorChanges changes, Settings settings, TimeProvider clock)
{
    /// <summary>How long a client may repeat a renewal whose answer it did not get.</summary>
    private static readonly TimeSpan RetryGrace = TimeSpan.FromSeconds(10);

    /// <summary>Adds a session to the running unit of work. It can be used once that is saved.</summary>
    /// <param name="methods">How the person proved who they are (RFC 8176).</param>
    public SessionView Open(User user, Organization organization, string methods = AuthenticationMethods.Password)
    {
        var now = clock.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            OrganizationId = organization.Id,
            CreatedAt = now,
            LastUsedAt = now,
            AuthenticatedAt = now,
            Methods = methods,
            IpAddress = current.Origin.IpAddress,
            UserAgent = current.Origin.UserAgent,
        };
        db.Add(session);
        (user.LastLoginAt, user.LastOrganizationId) = (now, organization.Id);
        return Issue(user, organization, session);
    }

    /// <summary>Renews a session by its newest refresh token; null if the token is not good for it (any more).</summary>
    public async Task<SessionView?> RefreshAsync(string token, CancellationToken stop)
    {
        // The loser of two renewals at once reads again, and then sees a token used a moment ago.
        return await TryRefreshAsync(token, stop) is { Lost: false } done ? done.View : (await TryRefreshAsync(token, stop)).View;
    }

    /// <summary>Ends the caller's own session: its tokens stop working at once, on every node.</summary>
    public async Task LogoutAsync(CancellationToken stop)
    {
        var session = await db.Set<Session>().SingleAsync(s => s.Id == current.Actor.SessionId, stop);
        End(session, AuditEntry.On(AuditActions.LoggedOut, "session", session.Id));
        if (await db.TrySaveAsync(stop))
            await changes.SessionEndedAsync(session.Id);
    }

    private async Task<(SessionView? View, bool Lost)> TryRefreshAsync(string token, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), OpaqueToken.HashOf(token));
        var used = await db.Set<RefreshToken>().Include(t => t.Session!.User).Include(t => t.Session!.Organization).SingleOrDefaultAsync(t => t.TokenHash == hash, stop);
        if (used is not { Session: { EndedAt: null } session } || used.ExpiresAt <= now || !await IsStillMemberAsync(session, stop))
            return (null, false);
        if (used.UsedAt is { } before && !IsRetry(session, now - before))
        {
            await RevokeAsync(session, stop);
            return (null, false);
        }
        used.UsedAt ??= now;
        session.LastUsedAt = now;
        audit.Record(AuditEntry.On(AuditActions.SessionRefreshed, "session", session.Id) with
        {
            OrganizationId = session.OrganizationId,
            SessionId = session.Id,
            ActingUser = (session.UserId, session.User!.Email!),
        });
        var view = Issue(session.User, session.Organization!, session);
        return await db.TrySaveAsync(stop) ? (view, false) : (null, true);
    }

    private Task<bool> IsStillMemberAsync(Session session, CancellationToken stop) =>
        db.Set<Membership>().IgnoreQueryFilters([Filters.Organization]).AnyAsync(
            m => m.UserId == session.UserId && m.OrganizationId == session.OrganizationId && m.User!.IsActive && m.Organization!.IsActive, stop);

    private bool IsRetry(Session session, TimeSpan since) => since <= RetryGrace && session.UserAgent == current.Origin.UserAgent;

    // The token was used before: its owner and somebody else both have it, and who is who cannot be told. Both have to sign in again.
    private async Task RevokeAsync(Session session, CancellationToken stop)
    {
        End(session, AuditEntry.On(AuditActions.RefreshReused, "session", session.Id) with
        {
            OrganizationId = session.OrganizationId,
            SessionId = session.Id,
            ActingUser = (session.UserId, session.User!.Email!),
            Severity = AuditSeverity.Critical,
            Outcome = AuditOutcome.Denied,
        });
        if (await db.TrySaveAsync(stop))
            await changes.SessionEndedAsync(session.Id);
    }

    private void End(Session session, AuditEntry entry)
    {
        session.EndedAt = clock.GetUtcNow();
        audit.Record(entry);
    }

    private SessionView Issue(User user, Organization organization, Session session)
    {
        var (refresh, hash) = OpaqueToken.Create();
        var now = clock.GetUtcNow();
        db.Add(new RefreshToken { Id = Guid.CreateVersion7(now), SessionId = session.Id, TokenHash = hash, ExpiresAt = now + settings.Jwt.RefreshLifetime });
        return new SessionView
        {
            AccessToken = tokens.Issue(user, session),
            RefreshToken = refresh,
            ExpiresIn = (int)settings.Jwt.AccessLifetime.TotalSeconds,
            User = user.ToView(),
            Organization = organization.ToView(),
        };
    }
}
