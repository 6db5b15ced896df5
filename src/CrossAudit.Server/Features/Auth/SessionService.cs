using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Opens, lists and ends sessions.</summary>
internal sealed class SessionService(
    AppDbContext db, CurrentActor current, AuditTrail audit, AccessTokens accessTokens, RefreshTokens refreshTokens, SessionEndings endings, Settings settings, TimeProvider clock)
{
    /// <summary>Adds a session to the running unit of work. It can be used once that is saved.</summary>
    /// <param name="methods">How the person proved who they are (RFC 8176).</param>
    public SessionView Open(User user, Organization organization, string methods = AuthenticationMethods.Password)
    {
        var now = clock.GetUtcNow();
        user.LastLoginAt = now;
        return Open(user, organization, methods, now, now + settings.Jwt.SessionLifetime);
    }

    /// <summary>The account's live sessions, the one used last first.</summary>
    public async Task<Page<SessionListItem>> ListAsync(PageRequest page, CancellationToken stop)
    {
        var sessions = await Own().AsNoTracking().Include(s => s.Organization)
            .OrderByDescending(s => s.LastUsedAt).ThenBy(s => s.Id).Skip(page.Offset).Take(page.Limit).ToListAsync(stop);
        return new Page<SessionListItem>(sessions.ConvertAll(ToListItem), await Own().CountAsync(stop));
    }

    /// <summary>Ends the caller's own session: its tokens stop working at once, on every node.</summary>
    public Task LogoutAsync(CancellationToken stop) => EndAsync(current.Actor.SessionId!.Value, SessionEndReasons.SignedOut, AuditActions.LoggedOut, stop);

    /// <summary>Ends one of the account's sessions; false if it has none of this id.</summary>
    public Task<bool> EndAsync(Guid id, CancellationToken stop) => EndAsync(id, SessionEndReasons.Revoked, AuditActions.SessionEnded, stop);

    /// <summary>Ends all of the account's sessions but the caller's.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndOthersAsync(CancellationToken stop)
    {
        var ended = await endings.EndOfUserAsync(current.Actor.RequiredUserId, SessionEndReasons.Revoked, stop, except: current.Actor.SessionId);
        audit.Record(new AuditEntry(AuditActions.SessionEnded) { ResourceType = "session", Metadata = new() { ["all_others"] = true, ["count"] = ended } });
        await db.SaveChangesAsync(stop);
        await endings.PublishAsync();
        return ended;
    }

    /// <summary>
    /// Goes on in another organization: the session ends, and one there takes its place with what its person has proved. Null where they are no member.
    /// </summary>
    public async Task<SessionView?> SwitchAsync(Guid organizationId, CancellationToken stop)
    {
        // The other organization is not the one acted in, which the filter would ask for.
        var membership = await db.Set<Membership>().IgnoreQueryFilters([Filters.Organization]).Include(m => m.User).Include(m => m.Organization)
            .SingleOrDefaultAsync(m => m.UserId == current.Actor.UserId && m.OrganizationId == organizationId && m.Organization!.IsActive, stop);
        if (membership is not { User: { } user, Organization: { } organization })
            return null;
        var old = await db.Set<Session>().SingleAsync(s => s.Id == current.Actor.SessionId, stop);
        old.End(SessionEndReasons.Switched, clock.GetUtcNow());
        var view = Open(user, organization, old.Methods, old.AuthenticatedAt, old.ExpiresAt);
        var switched = AuditEntry.On(AuditActions.OrganizationSwitched, "session", old.Id);
        // Both organizations learn of it: one is left, the other entered.
        audit.Record(switched with { Metadata = new() { ["to"] = organizationId.ToString() } });
        audit.Record(switched with { OrganizationId = organizationId, Metadata = new() { ["from"] = current.Actor.OrganizationId.ToString() } });
        if (!await db.TrySaveAsync(stop))
            return null;
        await endings.PublishAsync(old.Id);
        return view;
    }

    private SessionView Open(User user, Organization organization, string methods, DateTimeOffset authenticatedAt, DateTimeOffset expiresAt)
    {
        var now = clock.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            OrganizationId = organization.Id,
            CreatedAt = now,
            ExpiresAt = expiresAt,
            LastUsedAt = now,
            AuthenticatedAt = authenticatedAt,
            Methods = methods,
            IpAddress = current.Origin.IpAddress,
            UserAgent = current.Origin.UserAgent,
        };
        db.Add(session);
        user.LastOrganizationId = organization.Id;
        var (token, expiresIn) = accessTokens.Issue(new AccessTokenSubject(user.Id, user.Email!, organization.Id, session.Id, methods, authenticatedAt, organization.Settings.EndOf(session)));
        return new SessionView
        {
            AccessToken = token,
            RefreshToken = refreshTokens.Issue(session.Id, session.Generation),
            ExpiresIn = expiresIn,
            User = user.ToView(),
            Organization = organization.ToView(),
        };
    }

    private async Task<bool> EndAsync(Guid id, string reason, string action, CancellationToken stop)
    {
        if (await Own().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } session)
            return false;
        session.End(reason, clock.GetUtcNow());
        audit.Record(AuditEntry.On(action, "session", id));
        if (await db.TrySaveAsync(stop))
            await endings.PublishAsync(id);
        return true;
    }

    private SessionListItem ToListItem(Session session)
    {
        var renewableUntil = session.LastUsedAt + settings.Jwt.RefreshLifetime;
        return new SessionListItem
        {
            Id = session.Id,
            OrganizationId = session.OrganizationId,
            OrganizationName = session.Organization!.DisplayName,
            Device = DeviceName.Of(session.UserAgent),
            UserAgent = session.UserAgent,
            IpAddress = session.IpAddress,
            Methods = session.Methods.Split(' '),
            IsCurrent = session.Id == current.Actor.SessionId,
            CreatedAt = session.CreatedAt,
            LastUsedAt = session.LastUsedAt,
            ExpiresAt = renewableUntil < session.ExpiresAt ? renewableUntil : session.ExpiresAt,
        };
    }

    private IQueryable<Session> Own()
    {
        var now = clock.GetUtcNow();
        var renewedSince = now - settings.Jwt.RefreshLifetime;
        return db.Set<Session>().Where(s => s.UserId == current.Actor.UserId && s.EndedAt == null && s.ExpiresAt > now && s.LastUsedAt > renewedSince);
    }
}
