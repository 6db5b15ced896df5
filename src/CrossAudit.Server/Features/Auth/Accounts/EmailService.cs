using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>Shows that addresses are their owners', and changes them.</summary>
internal sealed class EmailService(
    AppDbContext db, ILookupNormalizer normalizer, CurrentActor current, SignInThrottle throttle, OneTimeTokens tokens, AccountMails mails, FailedProofs failures,
    SessionEndings sessions, AuditTrail audit, ActorChanges changes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    /// <summary>Adds the mail to the running unit of work that asks a new account's owner to confirm its address.</summary>
    public void AskToVerify(User user) => mails.VerifyEmail(user, tokens.Issue(user, TokenPurposes.VerifyEmail, user.Email!, Lifetime), clock.GetUtcNow() + Lifetime);

    /// <summary>Mails that once more, unless the address is confirmed, or it was mailed often enough.</summary>
    public async Task ResendAsync(CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (user.EmailConfirmed || !await throttle.MayMailAsync(TokenPurposes.VerifyEmail, user.Email!))
            return;
        AskToVerify(user);
        await db.SaveChangesAsync(stop);
        await mails.WakeAsync();
    }

    public async Task<bool> VerifyAsync(string token, CancellationToken stop)
    {
        if (await tokens.RedeemAsync(token, TokenPurposes.VerifyEmail, stop) is not { User: { } user } redeemed || redeemed.Email != user.Email)
        {
            await failures.RecordTokenAsync(TokenPurposes.VerifyEmail, stop);
            return false;
        }
        user.EmailConfirmed = true;
        return await SaveAsync(user, AuditEntry.On(AuditActions.EmailVerified, "user", user.Id), stop);
    }

    /// <summary>Asks the new address whether its owner wants this; the account's address changes when they say so.</summary>
    public async Task RequestChangeAsync(string newEmail, CancellationToken stop)
    {
        var (user, address) = (await OwnAsync(stop), newEmail.Trim());
        var isTaken = await IsTakenAsync(user, address, stop);
        // Who has an account here is nobody's business: a taken address gets no mail, and the caller the same answer.
        if (!isTaken && await throttle.MayMailAsync(TokenPurposes.ChangeEmail, address))
            mails.ConfirmNewEmail(address, tokens.Issue(user, TokenPurposes.ChangeEmail, address, Lifetime), clock.GetUtcNow() + Lifetime);
        mails.Notice(user, "Somebody asked to change the e-mail address of your CrossAudit account");
        audit.Record(AuditEntry.On(AuditActions.EmailChangeRequested, "user", user.Id) with { Severity = AuditSeverity.Notice, Metadata = new() { ["email"] = address, ["mailed"] = !isTaken } });
        await db.SaveChangesAsync(stop);
        await mails.WakeAsync();
    }

    /// <summary>Gives the account its new address, and ends its other sessions.</summary>
    public async Task<bool> ChangeAsync(string token, CancellationToken stop)
    {
        if (await tokens.RedeemAsync(token, TokenPurposes.ChangeEmail, stop) is not { User: { } user } redeemed || await IsTakenAsync(user, redeemed.Email, stop))
        {
            await failures.RecordTokenAsync(TokenPurposes.ChangeEmail, stop);
            return false;
        }
        var from = user.Email;
        mails.Notice(user, $"The e-mail address of your CrossAudit account is now {redeemed.Email}");
        (user.Email, user.UserName, user.EmailConfirmed, user.UpdatedAt) = (redeemed.Email, redeemed.Email, true, clock.GetUtcNow());
        user.NormalizedEmail = user.NormalizedUserName = normalizer.NormalizeEmail(redeemed.Email);
        user.ProfileRevision++;
        await sessions.EndOfUserAsync(user.Id, SessionEndReasons.EmailChanged, stop, except: current.Actor.UserId == user.Id ? current.Actor.SessionId : null);
        return await SaveAsync(
            user,
            AuditEntry.On(AuditActions.EmailChanged, "user", user.Id) with
            {
                Severity = AuditSeverity.Notice,
                Changes = new() { ["email"] = new System.Text.Json.Nodes.JsonObject { ["from"] = from, ["to"] = user.Email } },
            },
            stop);
    }

    private async Task<bool> SaveAsync(User user, AuditEntry entry, CancellationToken stop)
    {
        audit.Record(entry with { OrganizationId = user.LastOrganizationId, ActingUser = (user.Id, user.Email!) });
        if (!await db.TrySaveAsync(stop))
            return false;
        await sessions.PublishAsync();
        await changes.UserChangedAsync(user.Id);
        await mails.WakeAsync();
        return true;
    }

    private Task<bool> IsTakenAsync(User user, string email, CancellationToken stop)
    {
        var normalized = normalizer.NormalizeEmail(email);
        return db.Set<User>().AnyAsync(u => u.NormalizedEmail == normalized && u.Id != user.Id, stop);
    }

    private Task<User> OwnAsync(CancellationToken stop) => db.Set<User>().SingleAsync(u => u.Id == current.Actor.UserId, stop);
}
