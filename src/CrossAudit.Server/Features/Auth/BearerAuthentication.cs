using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Turns an access token or API key into an <see cref="Actor"/>: the one way in, for requests and for sockets. Mostly all it takes is at hand.</summary>
internal sealed class ActorAuthenticator(AccessTokens tokens, SessionSnapshots sessions, ApiKeyAuthenticator keys, AccessGraphs graphs, TimeProvider clock)
{
    /// <summary>The actor of an access token or API key, or null if it is not valid or its session is not alive.</summary>
    /// <param name="from">The caller's address: a key may be good for some of them only.</param>
    public ValueTask<Actor?> AuthenticateAsync(string token, IPAddress? from, CancellationToken stop) =>
        KeyFormat.IsKey(token) ? keys.AuthenticateAsync(token, from, stop) : AuthenticateAsync(token, stop);

    /// <summary>The actor as it is now, or null if its session or key is not alive.</summary>
    public ValueTask<Actor?> FindAsync(Actor actor, CancellationToken stop) =>
        actor.Key is { } key ? keys.FindAsync(key.Hash, key.From, stop) : FindAsync(actor.SessionId!.Value, actor.ExpiresAt, stop);

    private async ValueTask<Actor?> AuthenticateAsync(string token, CancellationToken stop) =>
        await tokens.CheckAsync(token) is { } claims && await FindAsync(claims.SessionId, claims.ExpiresAt, stop) is { } actor && actor.OrganizationId == claims.OrganizationId ? actor : null;

    private async ValueTask<Actor?> FindAsync(Guid sessionId, DateTimeOffset expiresAt, CancellationToken stop)
    {
        if (await sessions.FindAsync(sessionId, stop) is not { Actor: var actor })
            return null;
        // Until what the organization's rules ask for is made good, nothing is held.
        return actor.Restriction is not null
            ? actor with { ExpiresAt = expiresAt }
            : actor with { ExpiresAt = expiresAt, Access = (await graphs.OfAsync(actor.OrganizationId, stop)).AccessOf(actor.RequiredUserId, clock.GetUtcNow()) };
    }
}

/// <summary>Signs requests in by <c>Authorization: Bearer</c> (RFC 6750), or by an API key in <c>X-API-Key</c>.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ActorAuthenticator authenticator, CurrentActor current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string ApiKeyHeader = "X-API-Key";

    private static readonly AuthenticateResult SignedIn =
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), SchemeName));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await authenticator.AuthenticateAsync(token, Context.Connection.RemoteIpAddress, Context.RequestAborted) is not { } actor)
            return AuthenticateResult.NoResult();
        current.Is(actor);
        return SignedIn;
    }

    /// <summary>What a request signs in by, if by anything.</summary>
    public static string? TokenOf(HttpRequest request) => BearerOf(request) ?? (request.Headers[ApiKeyHeader] is [{ } key] && KeyFormat.IsKey(key) ? key : null);

    /// <summary>The bearer token of a request, if it sent one.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
}
