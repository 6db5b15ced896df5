using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>How a change of password ended.</summary>
internal abstract record PasswordOutcome
{
    public sealed record Changed : PasswordOutcome;

    /// <summary>The current password is wrong.</summary>
    public sealed record Wrong : PasswordOutcome;

    /// <summary>The new one is tried first by everybody.</summary>
    public sealed record Common : PasswordOutcome;

    /// <summary>The token is not good, or not any more.</summary>
    public sealed record InvalidToken : PasswordOutcome;

    public sealed record LockedOut(TimeSpan RetryAfter) : PasswordOutcome;

    /// <summary>Somebody else changed the account at the same moment.</summary>
    public sealed record Lost : PasswordOutcome;
}

/// <summary>Changes and resets passwords.</summary>
internal sealed class PasswordService(
    AppDbContext db, UserManager<User> users, CurrentActor current, Credentials credentials, FailedProofs failures, SignInThrottle throttle, OneTimeTokens tokens, AccountMails mails,
    SessionEndings sessions, AuditTrail audit, TimeProvider clock)
{
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    // Longer than anything that asking for a mail does.
    private static readonly TimeSpan ResetAnswerTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Changes the caller's password, and ends their other sessions.</summary>
    public async Task<PasswordOutcome> ChangeAsync(ChangePasswordRequest request, CancellationToken stop)
    {
        var user = await db.Set<User>().SingleAsync(u => u.Id == current.Actor.UserId, stop);
        if (await throttle.BeginAsync(user.Email!) is { RetryAfter: { } wait })
            return new PasswordOutcome.LockedOut(wait);
        if (!await credentials.IsPasswordAsync(user, request.CurrentPassword, stop))
        {
            await failures.RecordAsync(AuditActions.PasswordChangeFailed, user, user.Email!, new ProofOutcome.Wrong(), stop);
            return new PasswordOutcome.Wrong();
        }
        await throttle.SucceedAsync();
        return await SetAsync(user, request.NewPassword, AuditActions.PasswordChanged, SessionEndReasons.PasswordChanged, current.Actor.SessionId, stop);
    }

    /// <summary>Mails a link to choose a new password. The answer and its time are the same whether or not the address is known.</summary>
    public async Task RequestResetAsync(string email, CancellationToken stop)
    {
        // A known address costs more, by its token and its mail; the wait, which both share, hides it. It is real time, for that is what shows outside.
        var answerTime = Task.Delay(ResetAnswerTime, TimeProvider.System, stop);
        var user = await users.FindByEmailAsync(email);
        var mayMail = await throttle.MayMailAsync(TokenPurposes.ResetPassword, email);
        if (user is { IsActive: true } && mayMail)
            mails.ResetPassword(user, tokens.Issue(user, TokenPurposes.ResetPassword, user.Email!, ResetLifetime), clock.GetUtcNow() + ResetLifetime);
        audit.Record(new AuditEntry(AuditActions.PasswordResetRequested)
        {
            ResourceType = "user",
            ResourceId = user?.Id.ToString(),
            OrganizationId = user?.LastOrganizationId,
            Metadata = new() { ["email"] = email, ["mailed"] = user is { IsActive: true } && mayMail },
        });
        await db.SaveChangesAsync(stop);
        await mails.WakeAsync();
        await answerTime;
    }

    /// <summary>Sets a new password by a mailed token, and ends all of the account's sessions. A second factor stays as it is.</summary>
    public async Task<PasswordOutcome> ResetAsync(ResetPasswordConfirmRequest request, CancellationToken stop)
    {
        if (await tokens.RedeemAsync(request.Token, TokenPurposes.ResetPassword, stop) is not { User: { } user } token || token.Email != user.Email)
        {
            await failures.RecordTokenAsync(TokenPurposes.ResetPassword, stop);
            return new PasswordOutcome.InvalidToken();
        }
        // Whoever has the token reads the mailbox.
        user.EmailConfirmed = true;
        return await SetAsync(user, request.NewPassword, AuditActions.PasswordReset, SessionEndReasons.PasswordReset, null, stop);
    }

    private async Task<PasswordOutcome> SetAsync(User user, string password, string action, string reason, Guid? keptSession, CancellationToken stop)
    {
        if (PasswordPolicy.Refuses(user.Email!, password))
            return new PasswordOutcome.Common();
        user.PasswordHash = await credentials.HashAsync(user, password, stop);
        (user.SecurityStamp, user.ConcurrencyStamp) = (OpaqueToken.Create().Token, OpaqueToken.Create().Token);
        var ended = await sessions.EndOfUserAsync(user.Id, reason, stop, except: keptSession);
        audit.Record(AuditEntry.On(action, "user", user.Id) with
        {
            OrganizationId = user.LastOrganizationId,
            ActingUser = (user.Id, user.Email!),
            Severity = AuditSeverity.Notice,
            Metadata = new() { ["sessions_ended"] = ended },
        });
        mails.Notice(user, "The password of your CrossAudit account was changed");
        if (!await db.TrySaveAsync(stop))
            return new PasswordOutcome.Lost();
        await sessions.PublishAsync();
        await mails.WakeAsync();
        return new PasswordOutcome.Changed();
    }
}
