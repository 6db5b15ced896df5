using System.Security.Claims;
using System.Text.Encodings.Web;
using CrossAudit.Server.Core.Actors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Turns an access token into an <see cref="Actor"/>: the one way in, for requests and for sockets.</summary>
internal sealed class ActorAuthenticator(AccessTokens tokens, SessionSnapshots sessions)
{
    /// <summary>The token's actor, or null if it is not valid or its session is not alive.</summary>
    public async ValueTask<Actor?> AuthenticateAsync(string token, CancellationToken stop) =>
        await tokens.CheckAsync(token) is { } claims && await sessions.FindAsync(claims.SessionId, stop) is { } session && session.Actor.OrganizationId == claims.OrganizationId
            ? session.Actor with { ExpiresAt = claims.ExpiresAt }
            : null;
}

/// <summary>Signs requests in by <c>Authorization: Bearer</c> (RFC 6750).</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ActorAuthenticator authenticator, CurrentActor current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private static readonly AuthenticateResult SignedIn =
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), SchemeName));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await authenticator.AuthenticateAsync(token, Context.RequestAborted) is not { } actor)
            return AuthenticateResult.NoResult();
        current.Is(actor);
        return SignedIn;
    }

    /// <summary>The bearer token of a request, if it sent one.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
}
