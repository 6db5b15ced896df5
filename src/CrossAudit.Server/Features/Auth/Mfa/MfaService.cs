using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth.Mfa;

/// <summary>How a change of the second factor ended.</summary>
internal abstract record MfaOutcome
{
    public sealed record Prepared(MfaSetupView Setup) : MfaOutcome;

    public sealed record Enabled(RecoveryCodesView Codes) : MfaOutcome;

    public sealed record Disabled : MfaOutcome;

    /// <summary>It is on already.</summary>
    public sealed record AlreadyEnabled : MfaOutcome;

    /// <summary>It is off.</summary>
    public sealed record NotEnabled : MfaOutcome;

    /// <summary>The code is wrong, or was used before.</summary>
    public sealed record WrongCode : MfaOutcome;

    public sealed record LockedOut(TimeSpan RetryAfter) : MfaOutcome;
}

/// <summary>Switches the second factor of the caller's own account on and off.</summary>
internal sealed class MfaService(
    AppDbContext db, Actor actor, Authenticator authenticator, RecoveryCodes recoveryCodes, Credentials credentials, FailedProofs failures, SignInThrottle throttle,
    SessionEndings sessions, SecurityNotices notices, AuditTrail audit, ActorChanges changes)
{
    public async Task<MfaView> ReadAsync(CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        return new MfaView { Enabled = user.TwoFactorEnabled, RecoveryCodesLeft = user.TwoFactorEnabled ? await recoveryCodes.CountLeftAsync(user.Id, stop) : 0 };
    }

    public async Task<MfaOutcome> PrepareAsync(CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (user.TwoFactorEnabled)
            return new MfaOutcome.AlreadyEnabled();
        var (secret, uri) = authenticator.Prepare(user);
        audit.Record(On(AuditActions.MfaPrepared, user));
        await db.SaveChangesAsync(stop);
        return new MfaOutcome.Prepared(new MfaSetupView { Secret = secret, OtpauthUri = uri });
    }

    /// <summary>Switches it on. The caller's session counts as proved by it; all others end, for they were signed in without.</summary>
    public async Task<MfaOutcome> EnableAsync(string code, CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (user.TwoFactorEnabled)
            return new MfaOutcome.AlreadyEnabled();
        if (await throttle.BeginAsync(user.Email!) is { RetryAfter: { } wait })
            return new MfaOutcome.LockedOut(wait);
        if (!authenticator.TryEnable(user, code))
            return await RefuseAsync(user, stop);
        var codes = await recoveryCodes.ReplaceAsync(user, stop);
        var ended = await sessions.EndOfUserAsync(user.Id, SessionEndReasons.MfaEnabled, stop, except: actor.SessionId);
        var session = await db.Set<Session>().SingleAsync(s => s.Id == actor.SessionId, stop);
        session.Methods = AuthenticationMethods.PasswordAndCode;
        audit.Record(On(AuditActions.MfaEnabled, user) with { Severity = AuditSeverity.Notice, Metadata = new() { ["sessions_ended"] = ended } });
        notices.Of(user, "Two-factor authentication was switched on for your CrossAudit account");
        return await SaveAsync(user, new MfaOutcome.Enabled(new RecoveryCodesView { RecoveryCodes = codes }), stop);
    }

    public async Task<MfaOutcome> DisableAsync(MfaCodeRequest request, CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (await SecondFactorRefusalAsync(user, request, stop) is { } refused)
            return refused;
        Authenticator.Disable(user);
        await recoveryCodes.RemoveAsync(user, stop);
        audit.Record(On(AuditActions.MfaDisabled, user) with { Severity = AuditSeverity.Warning });
        notices.Of(user, "Two-factor authentication was switched off for your CrossAudit account");
        return await SaveAsync(user, new MfaOutcome.Disabled(), stop);
    }

    public async Task<MfaOutcome> ReplaceRecoveryCodesAsync(MfaCodeRequest request, CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (await SecondFactorRefusalAsync(user, request, stop) is { } refused)
            return refused;
        var codes = await recoveryCodes.ReplaceAsync(user, stop);
        audit.Record(On(AuditActions.RecoveryCodesReplaced, user) with { Severity = AuditSeverity.Notice });
        notices.Of(user, "The recovery codes of your CrossAudit account were replaced");
        return await SaveAsync(user, new MfaOutcome.Enabled(new RecoveryCodesView { RecoveryCodes = codes }), stop);
    }

    private async Task<MfaOutcome?> SecondFactorRefusalAsync(User user, MfaCodeRequest request, CancellationToken stop)
    {
        if (!user.TwoFactorEnabled)
            return new MfaOutcome.NotEnabled();
        if (await throttle.BeginAsync(user.Email!) is { RetryAfter: { } wait })
            return new MfaOutcome.LockedOut(wait);
        return await credentials.SecondFactorAsync(user, new Proof("", request.Code, request.RecoveryCode), stop) is null ? await RefuseAsync(user, stop) : null;
    }

    private async Task<MfaOutcome> RefuseAsync(User user, CancellationToken stop)
    {
        await failures.RecordAsync(AuditActions.MfaFailed, user, user.Email!, new ProofOutcome.SecondFactorWrong(), stop);
        return new MfaOutcome.WrongCode();
    }

    private async Task<MfaOutcome> SaveAsync(User user, MfaOutcome done, CancellationToken stop)
    {
        if (!await db.TrySaveAsync(stop))
            return new MfaOutcome.WrongCode();
        await throttle.SucceedAsync();
        await sessions.PublishAsync();
        await changes.UserChangedAsync(user.Id);
        await notices.WakeAsync();
        return done;
    }

    private Task<User> OwnAsync(CancellationToken stop) => db.Set<User>().SingleAsync(u => u.Id == actor.UserId, stop);

    private static AuditEntry On(string action, User user) => AuditEntry.On(action, "user", user.Id);
}
