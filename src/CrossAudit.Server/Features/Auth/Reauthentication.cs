using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Lets somebody who is signed in prove once more who they are, for what asks for a recent proof (RFC 9470).</summary>
internal sealed class Reauthentication(
    AppDbContext db, Actor actor, Credentials credentials, FailedProofs failures, SignInThrottle throttle, SecurityNotices notices, AccessTokens tokens, AuditTrail audit, SessionEndings sessions, TimeProvider clock)
{
    /// <returns>The next access token; or what stands against it, or how long to wait.</returns>
    public async Task<(AccessTokenView? Token, ProofOutcome? Refused, TimeSpan? RetryAfter)> ProveAsync(ReauthenticateRequest request, CancellationToken stop)
    {
        if (await throttle.BeginAsync(actor.Label) is { RetryAfter: { } wait } locked)
        {
            await failures.RecordLockOutAsync(actor.Label, locked, stop);
            return (null, null, wait);
        }
        var session = await db.Set<Session>().Include(s => s.User).SingleAsync(s => s.Id == actor.SessionId, stop);
        var user = session.User!;
        var outcome = await credentials.ProveAsync(user, new Proof(request.Password, request.TotpCode, request.RecoveryCode), stop);
        if (outcome is not ProofOutcome.Proven { Methods: var methods })
        {
            await failures.RecordAsync(AuditActions.ReauthenticationFailed, user, user.Email!, outcome, stop);
            return (null, outcome, null);
        }
        (session.AuthenticatedAt, session.Methods) = (clock.GetUtcNow(), methods);
        audit.Record(AuditEntry.On(AuditActions.Reauthenticated, "session", session.Id) with { Metadata = new() { ["method"] = methods } });
        notices.OfRecoveryCode(user, actor.OrganizationId, methods);
        if (!await db.TrySaveAsync(stop))
            return (null, new ProofOutcome.SecondFactorWrong(), null);
        await throttle.SucceedAsync();
        // What the nodes remember of the session says otherwise.
        await sessions.PublishAsync(session.Id);
        await notices.WakeAsync();
        var (token, expiresIn) = tokens.Issue(new AccessTokenSubject(user.Id, user.Email!, session.OrganizationId, session.Id, methods, session.AuthenticatedAt, session.ExpiresAt));
        return (new AccessTokenView { AccessToken = token, ExpiresIn = expiresIn }, null, null);
    }
}
