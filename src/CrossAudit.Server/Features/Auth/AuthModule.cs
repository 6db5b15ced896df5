using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Auth.Accounts;
using CrossAudit.Server.Features.Auth.Mfa;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Signing in: accounts, sessions and tokens.</summary>
internal static class AuthModule
{
    public static IServiceCollection AddAuth(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
            identity.Password = new PasswordOptions { RequiredLength = 8, RequiredUniqueChars = 0, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
        });
        services.AddScoped<IPasswordHasher<User>, Argon2PasswordHasher>().AddSingleton<ILookupNormalizer, EmailNormalizer>();
        // Nothing is saved on the way: the account and its audit event are one unit of work.
        services.AddScoped<IUserStore<User>>(scope => new UserOnlyStore<User, AppDbContext, Guid>(scope.GetRequiredService<AppDbContext>()) { AutoSaveChanges = false });
        // Not AddAuthentication(), which brings Data Protection and its key files: nothing here is protected by them.
        services.AddAuthenticationCore(options => options.DefaultScheme = BearerAuthentication.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        return services
            .AddSingleton(AuthDescription.Area)
            .AddSingleton<HashingLane>()
            .AddSingleton<AccessTokens>()
            .AddSingleton<SessionSnapshots>()
            .AddSingleton<ActorAuthenticator>()
            .AddSingleton<RefreshTokens>()
            .AddScoped<SessionService>()
            .AddScoped<SessionRenewal>()
            .AddScoped<SignInThrottle>()
            .AddScoped<Credentials>()
            .AddScoped<FailedProofs>()
            .AddScoped<SecurityNotices>()
            .AddScoped<SignIn>()
            .AddScoped<Reauthentication>()
            .AddScoped<Registration>()
            .AddHostedService<SessionSweep>()
            .AddAccounts()
            .AddMfa();
    }

    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/auth").WithTags("Authentication").AllowRestricted();

        auth.MapPost("/register", Register).AllowAnonymous().LimitPerAddress(AuthLimits.Registration).Refuses(400, ErrorCodes.EmailTaken, ErrorCodes.PasswordCommon, ErrorCodes.InvitationInvalid);
        auth.MapPost("/login", Login).AllowAnonymous()
            .Refuses(401, ErrorCodes.InvalidCredentials, ErrorCodes.MfaRequired, ErrorCodes.InvalidMfaCode).Refuses(403, ErrorCodes.NoOrganization).Refuses(429, ErrorCodes.LockedOut);
        auth.MapPost("/refresh", Refresh).AllowAnonymous().LimitPerAddress(AuthLimits.Refresh).Refuses(401, ErrorCodes.InvalidRefreshToken);
        auth.MapPost("/logout", Logout).RequireSignIn();
        auth.MapGet("/me", Me).RequireSignIn();
        auth.MapPost("/reauthenticate", Reauthenticate).RequireSignIn()
            .Refuses(401, ErrorCodes.InvalidCredentials, ErrorCodes.MfaRequired, ErrorCodes.InvalidMfaCode).Refuses(429, ErrorCodes.LockedOut);
        auth.MapGet("/sessions", ListSessions).RequireSignIn();
        auth.MapDelete("/sessions", EndOtherSessions).RequireSignIn();
        auth.MapDelete("/sessions/{id:guid}", EndSession).RequireSignIn();
        auth.MapPost("/switch-organization", SwitchOrganization).RequireSignIn().Refuses(403, ErrorCodes.NoOrganization);

        auth.MapAccounts();
        auth.MapMfa();

        routes.MapGet(KeySet.Path, KeySet.GetKeys).WithTags("Authentication").AllowAnonymous();
    }

    /// <summary>Makes an account and signs it in.</summary>
    /// <remarks>Founds an organization, of which the account is the owner, or joins the one whose invitation is given.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Register(RegisterRequest request, Registration registration, CancellationToken stop) =>
        await registration.RegisterAsync(request, stop) switch
        {
            RegistrationOutcome.Registered(var session) => TypedResults.Ok(Envelope.Of(session)),
            RegistrationOutcome.EmailTaken => Problems.InvalidField("email", "An account with this address exists.", ErrorCodes.EmailTaken),
            RegistrationOutcome.PasswordCommon => Problems.InvalidField("password", PasswordPolicy.Why, ErrorCodes.PasswordCommon),
            RegistrationOutcome.Invalid(var field, var why) => Problems.InvalidField(field, why),
            _ => Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address."),
        };

    /// <summary>Signs in by password.</summary>
    /// <remarks>Where the account has a second factor, its code or a recovery code is sent along.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Login(LoginRequest request, HttpContext http, SignIn signIn, CancellationToken stop) =>
        await signIn.LoginAsync(request, stop) switch
        {
            SignInOutcome.SignedIn(var session) => TypedResults.Ok(Envelope.Of(session)),
            SignInOutcome.LockedOut(var wait) => LockOut.Answer(http, wait),
            SignInOutcome.NotProven(var why) => NotProven(why),
            _ => Problems.Forbidden(ErrorCodes.NoOrganization, "The account is not a member of this organization, or of any."),
        };

    /// <summary>Proves once more who is signed in, for what asks for a recent proof (RFC 9470).</summary>
    /// <remarks>Answers the next access token; the refresh token stays as it is.</remarks>
    internal static async Task<Results<Ok<Envelope<AccessTokenView>>, ProblemHttpResult>> Reauthenticate(
        ReauthenticateRequest request, HttpContext http, Reauthentication reauthentication, CancellationToken stop) =>
        await reauthentication.ProveAsync(request, stop) switch
        {
            ({ } token, _, _) => TypedResults.Ok(Envelope.Of(token)),
            (_, _, { } wait) => LockOut.Answer(http, wait),
            (_, var why, _) => NotProven(why!),
        };

    private static ProblemHttpResult NotProven(ProofOutcome outcome) => outcome switch
    {
        ProofOutcome.SecondFactorMissing => Problems.Unauthorized(ErrorCodes.MfaRequired, "The account has a second factor: send totp_code or recovery_code along."),
        ProofOutcome.SecondFactorWrong => Problems.Unauthorized(ErrorCodes.InvalidMfaCode, "The code is wrong, or was used before."),
        _ => Problems.Unauthorized(ErrorCodes.InvalidCredentials, "The e-mail address and password do not belong together."),
    };

    /// <summary>Renews a session.</summary>
    /// <remarks>Takes the refresh token as bearer or in the body, and answers the next one: each can be used once.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Refresh(RefreshRequest? request, HttpRequest http, SessionRenewal sessions, CancellationToken stop) =>
        (request?.RefreshToken ?? BearerAuthentication.BearerOf(http)) is { Length: > 0 } token && await sessions.RenewAsync(token, stop) is { } session
            ? TypedResults.Ok(Envelope.Of(session))
            : Problems.Unauthorized(ErrorCodes.InvalidRefreshToken, "The refresh token is unknown, expired, used or revoked. Sign in again.");

    /// <summary>Ends the session.</summary>
    internal static async Task<Ok<Envelope<Confirmation>>> Logout(SessionService sessions, CancellationToken stop)
    {
        await sessions.LogoutAsync(stop);
        return TypedResults.Ok(Envelope.Of(new Confirmation { Message = "Signed out." }));
    }

    /// <summary>Answers who is signed in.</summary>
    internal static async Task<Results<EntityResult<UserView>, ProblemHttpResult>> Me(Actor actor, SessionSnapshots sessions, CancellationToken stop) =>
        await sessions.FindAsync(actor.SessionId!.Value, stop) is { } session
            ? new Revised<UserView>(session.User).Answer()
            : Problems.Unauthorized(ErrorCodes.Unauthenticated, "The session has ended.");

    /// <summary>Lists one's own sessions, the one used last first.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<SessionListItem>>>> ListSessions(
        HttpContext http, SessionService sessions, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await sessions.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Ends one of one's own sessions.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> EndSession(Guid id, SessionService sessions, CancellationToken stop) =>
        await sessions.EndAsync(id, stop) ? TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The session has ended." })) : Problems.NotFound("session", id);

    /// <summary>Ends all of one's own sessions but this one.</summary>
    internal static async Task<Ok<Envelope<Confirmation>>> EndOtherSessions(SessionService sessions, CancellationToken stop) =>
        TypedResults.Ok(Envelope.Of(new Confirmation { Message = await sessions.EndOthersAsync(stop) is var ended and > 0 ? $"{ended} other sessions have ended." : "There was no other session." }));

    /// <summary>Goes on in another of one's organizations.</summary>
    /// <remarks>The session ends and another takes its place: the tokens of the old one stop working.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> SwitchOrganization(SwitchOrganizationRequest request, SessionService sessions, CancellationToken stop) =>
        await sessions.SwitchAsync(request.OrganizationId!.Value, stop) is { } session
            ? TypedResults.Ok(Envelope.Of(session))
            : Problems.Forbidden(ErrorCodes.NoOrganization, "The account is not a member of this organization.");
}
