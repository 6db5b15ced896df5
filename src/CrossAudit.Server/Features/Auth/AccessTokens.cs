using CrossAudit.Server.Platform.Configuration;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Server.Features.Auth;

/// <summary>What a valid access token says.</summary>
internal sealed record AccessTokenClaims(Guid SessionId, Guid OrganizationId, DateTimeOffset ExpiresAt);

/// <summary>Whom an access token is issued to.</summary>
internal sealed record AccessTokenSubject(
    Guid UserId, string Email, Guid OrganizationId, Guid SessionId, string Methods, DateTimeOffset AuthenticatedAt, DateTimeOffset SessionExpiresAt);

/// <summary>Issues and checks access tokens: JWT by RFC 9068, signed with the one algorithm that the settings name.</summary>
internal sealed class AccessTokens(Settings settings, TimeProvider clock) : IDisposable
{
    private const string TokenType = "at+jwt";
    private const int MostCharacters = 8 * 1024;
    private const int MostRemembered = 50_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostCharacters };
    private readonly SecurityKey[] _keys = settings.Jwt.Keys.Pairs is { Count: > 0 } pairs ? [.. pairs] : [.. settings.Jwt.Keys.Secrets.Select(secret => new SymmetricSecurityKey(secret))];

    // A signature is checked once, not with each request. Only what was valid is remembered, so nobody can fill this with rubbish.
    private readonly MemoryCache _checked = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    /// <summary>The token, and the seconds until it expires: with its session at the latest.</summary>
    public (string Token, int ExpiresIn) Issue(AccessTokenSubject subject)
    {
        var now = clock.GetUtcNow();
        var ends = now + settings.Jwt.AccessLifetime;
        if (subject.SessionExpiresAt < ends)
            ends = subject.SessionExpiresAt;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            Issuer = JwtSettings.Issuer,
            Audience = JwtSettings.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = null,
            Expires = ends.UtcDateTime,
            SigningCredentials = new SigningCredentials(_keys[0], settings.Jwt.Keys.Algorithm),
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = subject.UserId.ToString(),
                [JwtRegisteredClaimNames.Email] = subject.Email,
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(now).ToString(),
                [JwtRegisteredClaimNames.Sid] = subject.SessionId.ToString(),
                ["org_id"] = subject.OrganizationId.ToString(),
                ["client_id"] = JwtSettings.Audience,
                [JwtRegisteredClaimNames.Amr] = subject.Methods.Split(' '),
                [JwtRegisteredClaimNames.AuthTime] = subject.AuthenticatedAt.ToUnixTimeSeconds(),
            },
        });
        return (token, (int)(ends - now).TotalSeconds);
    }

    /// <summary>What the token says, or null if it is not one of ours, was altered or has expired.</summary>
    public async ValueTask<AccessTokenClaims?> CheckAsync(string token)
    {
        if (!_checked.TryGetValue(token, out AccessTokenClaims? claims))
        {
            claims = token.Length <= MostCharacters ? await ReadAsync(token) : null;
            if (claims is not null)
                _checked.Set(token, claims, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(30) });
        }
        return claims is not null && clock.GetUtcNow() < claims.ExpiresAt ? claims : null;
    }

    public void Dispose() => _checked.Dispose();

    private async Task<AccessTokenClaims?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [TokenType],
            ValidAlgorithms = [settings.Jwt.Keys.Algorithm],
            ValidIssuer = JwtSettings.Issuer,
            ValidAudience = JwtSettings.Audience,
            IssuerSigningKeys = _keys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // Expiry is checked against our own clock, each time.
            ValidateLifetime = false,
        });
        // Extensions that have to be understood: we know none (RFC 7515, section 4.1.11), and the library does not look.
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } && !jwt.TryGetHeaderValue<object>("crit", out _)
            && Guid.TryParse(result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sid)?.Value, out var session)
            && Guid.TryParse(result.ClaimsIdentity.FindFirst("org_id")?.Value, out var organization)
            ? new AccessTokenClaims(session, organization, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero))
            : null;
    }
}
