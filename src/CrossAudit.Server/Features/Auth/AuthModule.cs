using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
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
        services.AddScoped<IPasswordHasher<User>, Argon2PasswordHasher>();
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
            .AddScoped<SessionService>()
            .AddScoped<SignIn>()
            .AddScoped<Registration>();
    }

    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/auth").WithTags("Authentication");
        var hashing = routes.ServiceProvider.GetRequiredService<HashingLane>();

        auth.MapPost("/register", Register).AllowAnonymous().AddEndpointFilter(hashing).Refuses(400, ErrorCodes.EmailTaken, ErrorCodes.InvitationInvalid);
        auth.MapPost("/login", Login).AllowAnonymous().AddEndpointFilter(hashing).Refuses(401, ErrorCodes.InvalidCredentials).Refuses(403, ErrorCodes.NoOrganization);
        auth.MapPost("/refresh", Refresh).AllowAnonymous().Refuses(401, ErrorCodes.InvalidRefreshToken);
        auth.MapPost("/logout", Logout).RequireSignIn();
        auth.MapGet("/me", Me).RequireSignIn();
    }

    /// <summary>Makes an account and signs it in.</summary>
    /// <remarks>Founds an organization, of which the account is the owner, or joins the one whose invitation is given.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Register(RegisterRequest request, Registration registration, CancellationToken stop) =>
        await registration.RegisterAsync(request, stop) switch
        {
            RegistrationOutcome.Registered(var session) => TypedResults.Ok(Envelope.Of(session)),
            RegistrationOutcome.EmailTaken => Problems.InvalidField("email", "An account with this address exists.", ErrorCodes.EmailTaken),
            RegistrationOutcome.Invalid(var field, var why) => Problems.InvalidField(field, why),
            _ => Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address."),
        };

    /// <summary>Signs in by password.</summary>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Login(LoginRequest request, SignIn signIn, CancellationToken stop) =>
        await signIn.LoginAsync(request, stop) switch
        {
            SignInOutcome.SignedIn(var session) => TypedResults.Ok(Envelope.Of(session)),
            SignInOutcome.NoOrganization => Problems.Forbidden(ErrorCodes.NoOrganization, "The account is not a member of this organization, or of any."),
            _ => Problems.Unauthorized(ErrorCodes.InvalidCredentials, "The e-mail address and password do not belong together."),
        };

    /// <summary>Renews a session.</summary>
    /// <remarks>Takes the refresh token as bearer or in the body, and answers the next one: each can be used once.</remarks>
    internal static async Task<Results<Ok<Envelope<SessionView>>, ProblemHttpResult>> Refresh(RefreshRequest? request, HttpRequest http, SessionService sessions, CancellationToken stop) =>
        (request?.RefreshToken ?? BearerAuthentication.TokenOf(http)) is { Length: > 0 } token && await sessions.RefreshAsync(token, stop) is { } session
            ? TypedResults.Ok(Envelope.Of(session))
            : Problems.Unauthorized(ErrorCodes.InvalidRefreshToken, "The refresh token is unknown, expired, used or revoked. Sign in again.");

    /// <summary>Ends the session.</summary>
    internal static async Task<Ok<Envelope<Confirmation>>> Logout(SessionService sessions, CancellationToken stop)
    {
        await sessions.LogoutAsync(stop);
        return TypedResults.Ok(Envelope.Of(new Confirmation { Message = "Signed out." }));
    }

    /// <summary>Answers who is signed in.</summary>
    internal static async Task<Results<Ok<Envelope<UserView>>, ProblemHttpResult>> Me(Actor actor, SessionSnapshots sessions, CancellationToken stop) =>
        await sessions.FindAsync(actor.SessionId!.Value, stop) is { } session
            ? TypedResults.Ok(Envelope.Of(session.User))
            : Problems.Unauthorized(ErrorCodes.Unauthenticated, "The session has ended.");
}
