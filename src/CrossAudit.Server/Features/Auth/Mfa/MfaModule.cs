using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Auth.Mfa;

/// <summary>The second factor of one's own account.</summary>
internal static class MfaModule
{
    public static IServiceCollection AddMfa(this IServiceCollection services) => services
        .AddSingleton<SecretBox>()
        .AddSingleton<Authenticator>()
        .AddScoped<RecoveryCodes>()
        .AddScoped<MfaService>();

    public static void MapMfa(this RouteGroupBuilder auth)
    {
        var mfa = auth.MapGroup("/mfa");
        mfa.MapGet("/", GetMfa).RequireSignIn();
        mfa.MapPost("/setup", Setup).RequireSignIn().RequireRecentSignIn().Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(409, ErrorCodes.MfaAlreadyEnabled);
        mfa.MapPost("/enable", Enable).RequireSignIn().Refuses(400, ErrorCodes.InvalidMfaCode).Refuses(409, ErrorCodes.MfaAlreadyEnabled).Refuses(429, ErrorCodes.LockedOut);
        mfa.MapPost("/disable", Disable).RequireSignIn().RequireRecentSignIn()
            .Refuses(400, ErrorCodes.InvalidMfaCode).Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(409, ErrorCodes.MfaNotEnabled).Refuses(429, ErrorCodes.LockedOut);
        mfa.MapPost("/recovery-codes", ReplaceRecoveryCodes).RequireSignIn().RequireRecentSignIn()
            .Refuses(400, ErrorCodes.InvalidMfaCode).Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(409, ErrorCodes.MfaNotEnabled).Refuses(429, ErrorCodes.LockedOut);
    }

    /// <summary>Tells whether one's second factor is on.</summary>
    internal static async Task<Ok<Envelope<MfaView>>> GetMfa(MfaService mfa, CancellationToken stop) => TypedResults.Ok(Envelope.Of(await mfa.ReadAsync(stop)));

    /// <summary>Prepares an authenticator app (RFC 6238).</summary>
    /// <remarks>Nothing changes until a code of the app is sent to <c>/api/auth/mfa/enable</c>. It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<MfaSetupView>>, ProblemHttpResult>> Setup(MfaService mfa, CancellationToken stop) =>
        await mfa.PrepareAsync(stop) is MfaOutcome.Prepared(var setup) ? TypedResults.Ok(Envelope.Of(setup)) : AlreadyEnabled();

    /// <summary>Switches the second factor on by a code of the app, and answers the recovery codes.</summary>
    /// <remarks>One's other sessions end: they were signed in without it.</remarks>
    internal static async Task<Results<Ok<Envelope<RecoveryCodesView>>, ProblemHttpResult>> Enable(EnableMfaRequest request, HttpContext http, MfaService mfa, CancellationToken stop)
    {
        var outcome = await mfa.EnableAsync(request.Code, stop);
        return outcome is MfaOutcome.Enabled(var codes) ? TypedResults.Ok(Envelope.Of(codes)) : Refusal(outcome, http);
    }

    /// <summary>Switches the second factor off, by a code of the app or a recovery code.</summary>
    /// <remarks>It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> Disable(MfaCodeRequest request, HttpContext http, MfaService mfa, CancellationToken stop)
    {
        var outcome = await mfa.DisableAsync(request, stop);
        return outcome is MfaOutcome.Disabled
            ? TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The second factor is off." }))
            : Refusal(outcome, http);
    }

    /// <summary>Replaces the recovery codes, by a code of the app or one of them.</summary>
    /// <remarks>It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<RecoveryCodesView>>, ProblemHttpResult>> ReplaceRecoveryCodes(MfaCodeRequest request, HttpContext http, MfaService mfa, CancellationToken stop)
    {
        var outcome = await mfa.ReplaceRecoveryCodesAsync(request, stop);
        return outcome is MfaOutcome.Enabled(var codes) ? TypedResults.Ok(Envelope.Of(codes)) : Refusal(outcome, http);
    }

    private static ProblemHttpResult Refusal(MfaOutcome outcome, HttpContext http) => outcome switch
    {
        MfaOutcome.AlreadyEnabled => AlreadyEnabled(),
        MfaOutcome.NotEnabled => Problems.Conflict(ErrorCodes.MfaNotEnabled, "The second factor is off."),
        MfaOutcome.LockedOut(var wait) => LockOut.Answer(http, wait),
        _ => Problems.Invalid(ErrorCodes.InvalidMfaCode, "The code is wrong, or was used before."),
    };

    private static ProblemHttpResult AlreadyEnabled() => Problems.Conflict(ErrorCodes.MfaAlreadyEnabled, "The second factor is on already.");
}
