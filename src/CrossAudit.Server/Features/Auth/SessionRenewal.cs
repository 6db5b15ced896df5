using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Renews sessions by refresh token, by the rules of <see cref="RefreshRotation"/>. It costs one transaction, which many callers share.</summary>
internal sealed class SessionRenewal(
    AppDbContext db, CurrentActor current, AuditTrail audit, SessionSnapshots snapshots, AccessTokens accessTokens, RefreshTokens refreshTokens, SessionEndings endings, Settings settings, TimeProvider clock)
{
    /// <summary>Renews the session that the token belongs to; null if the token is not good for it (any more).</summary>
    public async Task<SessionView?> RenewAsync(string token, CancellationToken stop)
    {
        if (refreshTokens.Read(token) is not { } presented || await snapshots.FindAsync(presented.SessionId, stop) is not { } session)
            return null;
        if (await TryRotateAsync(presented, session, stop))
            return Answer(session, presented.Generation + 1);
        return await SettleAsync(presented, session, stop);
    }

    // As SQL: this is among the hottest writes there are, and composing it anew each time costs more than running it.
    private const string Rotate = """
        UPDATE sessions SET generation = generation + 1, last_used_at = {0}, ip_address = {1}, user_agent = {2}
        WHERE id = {3} AND generation = {4} AND ended_at IS NULL AND expires_at > {0} AND last_used_at > {5}
        """;

    // Most tokens are the live one: that is tried at once, and only who fails looks closer.
    private async Task<bool> TryRotateAsync(RefreshTokenClaims presented, SessionSnapshot session, CancellationToken stop)
    {
        var (now, origin) = (clock.GetUtcNow(), current.Origin);
        object?[] values = [db.Stored(now), origin.IpAddress, origin.UserAgent, presented.SessionId, presented.Generation, db.Stored(now - settings.Jwt.RefreshLifetime)];
        RecordRenewal(session, isRepeat: false);
        try
        {
            await db.SaveNewAsync(
                async context =>
                {
                    if (await context.Database.ExecuteSqlRawAsync(Rotate, values!, CancellationToken.None) == 0)
                        throw new DbUpdateConcurrencyException("The refresh token is not the live one.");
                },
                presented.SessionId,
                stop);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task<SessionView?> SettleAsync(RefreshTokenClaims presented, SessionSnapshot known, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var session = await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == presented.SessionId, stop);
        if (session is not { EndedAt: null } || session.ExpiresAt <= now || session.LastUsedAt + settings.Jwt.RefreshLifetime <= now)
            return null;
        switch (RefreshRotation.Decide(presented.Generation, session.Generation, now - session.LastUsedAt, session.UserAgent == current.Origin.UserAgent))
        {
            case RefreshVerdict.Repeat:
                db.ChangeTracker.Clear();
                RecordRenewal(known, isRepeat: true);
                await db.SaveChangesAsync(stop);
                return Answer(known, session.Generation);
            case RefreshVerdict.Reuse:
                await RevokeAsync(session, known, presented.Generation, stop);
                return null;
            default:
                return null;
        }
    }

    // The token was used before: its owner and somebody else both have it, and who is who cannot be told. Both have to sign in again.
    private async Task RevokeAsync(Session session, SessionSnapshot known, int generation, CancellationToken stop)
    {
        session.End(SessionEndReasons.RefreshReused, clock.GetUtcNow());
        audit.Record(On(AuditActions.RefreshReused, known) with
        {
            Severity = AuditSeverity.Critical,
            Outcome = AuditOutcome.Denied,
            Metadata = new() { ["generation"] = generation, ["live_generation"] = session.Generation },
        });
        if (await db.TrySaveAsync(stop))
            await endings.PublishAsync(session.Id);
    }

    private void RecordRenewal(SessionSnapshot session, bool isRepeat) =>
        audit.Record(isRepeat ? On(AuditActions.SessionRefreshed, session) with { Metadata = new() { ["repeated"] = true } } : On(AuditActions.SessionRefreshed, session));

    private static AuditEntry On(string action, SessionSnapshot session) => AuditEntry.On(action, "session", session.Actor.SessionId!.Value) with
    {
        OrganizationId = session.Actor.OrganizationId,
        SessionId = session.Actor.SessionId,
        ActingUser = (session.User.Id, session.User.Email),
    };

    private SessionView Answer(SessionSnapshot session, int generation)
    {
        var (token, expiresIn) = accessTokens.Issue(session.Subject);
        return new SessionView
        {
            AccessToken = token,
            RefreshToken = refreshTokens.Issue(session.Subject.SessionId, generation),
            ExpiresIn = expiresIn,
            User = session.User,
            Organization = session.Organization,
        };
    }
}
