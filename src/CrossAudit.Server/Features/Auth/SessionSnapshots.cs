using System.Collections.Concurrent;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>A live session: the actor it makes, the account and organization behind it, and what its access tokens say.</summary>
internal sealed record SessionSnapshot(Actor Actor, UserView User, OrganizationView Organization, AccessTokenSubject Subject, DateTimeOffset ReadAt);

/// <summary>
/// Remembers live sessions, so that a request costs no database read to know its caller. A change drops what it concerns at once, on every
/// node; should the message be lost, a snapshot is read again after <see cref="Fresh"/>.
/// </summary>
internal sealed class SessionSnapshots
{
    /// <summary>How long a snapshot is trusted without a word.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<Guid, SessionSnapshot> _known = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private long _changes;

    public SessionSnapshots(IServiceScopeFactory scopes, ActorChanges changes, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        changes.OutOfDate += Forget;
    }

    /// <summary>The session's snapshot, or null if it has ended or its user or membership has.</summary>
    public ValueTask<SessionSnapshot?> FindAsync(Guid sessionId, CancellationToken stop) =>
        _known.TryGetValue(sessionId, out var known) && _clock.GetUtcNow() - known.ReadAt < Fresh ? new(known) : new(ReadAsync(sessionId, stop));

    private async Task<SessionSnapshot?> ReadAsync(Guid sessionId, CancellationToken stop)
    {
        var (before, now) = (Interlocked.Read(ref _changes), _clock.GetUtcNow());
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        // Nobody is signed in yet, so there is no organization to read for: the session's own names it.
        var found = await (
            from session in db.Set<Session>().AsNoTracking()
            join membership in db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
                on new { session.OrganizationId, session.UserId } equals new { membership.OrganizationId, membership.UserId }
            where session.Id == sessionId && session.EndedAt == null && session.ExpiresAt > now && session.User!.IsActive
                // Of a deleted organization its owners alone: to restore it.
                && (session.Organization!.IsActive || (membership.Role == DefaultRoles.Owner && session.Organization.DueAt != null))
            select new { Session = session, session.User, session.Organization, membership.Role }).SingleOrDefaultAsync(stop);
        if (found is null || found.Organization!.Settings.EndOf(found.Session) <= now)
        {
            _known.TryRemove(sessionId, out _);
            return null;
        }
        var snapshot = new SessionSnapshot(
            ActorOf(found.User!, found.Organization, found.Session, found.Role),
            found.User!.ToView(),
            found.Organization.ToView(),
            SubjectOf(found.User!, found.Organization.Settings, found.Session),
            _clock.GetUtcNow());
        Remember(sessionId, snapshot, before);
        return snapshot;
    }

    // What was read may already be out of date if a change came in meanwhile: then it serves this one request and is not kept.
    private void Remember(Guid sessionId, SessionSnapshot snapshot, long changesBefore)
    {
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[sessionId] = snapshot;
        if (Interlocked.Read(ref _changes) != changesBefore)
            _known.TryRemove(sessionId, out _);
    }

    private void Forget(ActorChange change)
    {
        if (change.ApiKeyId is not null)
            return;
        Interlocked.Increment(ref _changes);
        if (change is { SessionId: { } session, UserId: null, OrganizationId: null })
        {
            _known.TryRemove(session, out _);
            return;
        }
        foreach (var (id, snapshot) in _known)
            if (change.Concerns(snapshot.Actor))
                _known.TryRemove(id, out _);
    }

    private static Actor ActorOf(User user, Organization organization, Session session, string role)
    {
        var restriction = organization.IsActive
            ? organization.Settings.RestrictionOf(user.Email!, user.EmailConfirmed, AuthenticationMethods.IsMultiFactor(session.Methods))
            : ErrorCodes.OrganizationDeleted;
        return new Actor
        {
            Type = ActorTypes.User,
            UserId = user.Id,
            Label = user.Email!,
            OrganizationId = session.OrganizationId,
            SessionId = session.Id,
            AuthenticatedAt = session.AuthenticatedAt,
            Role = role,
            Policy = organization.Settings,
            Restriction = restriction,
        };
    }

    private static AccessTokenSubject SubjectOf(User user, OrganizationSettings settings, Session session) =>
        new(user.Id, user.Email!, session.OrganizationId, session.Id, session.Methods, session.AuthenticatedAt, settings.EndOf(session));
}
