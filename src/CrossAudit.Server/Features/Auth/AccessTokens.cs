using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Configuration;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Server.Features.Auth;

/// <summary>What a valid access token says.</summary>
internal sealed record AccessTokenClaims(Guid SessionId, DateTimeOffset ExpiresAt);

/// <summary>Issues and checks access tokens: JWT by RFC 9068, signed with HS256.</summary>
internal sealed class AccessTokens(Settings settings, TimeProvider clock) : IDisposable
{
    private const string TokenType = "at+jwt";
    private const int MostRemembered = 50_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SymmetricSecurityKey _key = new(settings.Jwt.SecretKey);

    // A signature is checked once, not with each request. Only what was valid is remembered, so nobody can fill this with rubbish.
    private readonly MemoryCache _checked = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    public string Issue(User user, Session session) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = TokenType,
        Issuer = JwtSettings.Issuer,
        Audience = JwtSettings.Audience,
        IssuedAt = clock.GetUtcNow().UtcDateTime,
        NotBefore = null,
        Expires = (clock.GetUtcNow() + settings.Jwt.AccessLifetime).UtcDateTime,
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        Claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = user.Id.ToString(),
            [JwtRegisteredClaimNames.Email] = user.Email!,
            [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            [JwtRegisteredClaimNames.Sid] = session.Id.ToString(),
            ["org_id"] = session.OrganizationId.ToString(),
            ["client_id"] = JwtSettings.Audience,
            [JwtRegisteredClaimNames.Amr] = session.Methods.Split(' '),
            ["auth_time"] = session.AuthenticatedAt.ToUnixTimeSeconds(),
        },
    });

    /// <summary>What the token says, or null if it is not one of ours, was altered or has expired.</summary>
    public async ValueTask<AccessTokenClaims?> CheckAsync(string token)
    {
        if (!_checked.TryGetValue(token, out AccessTokenClaims? claims))
        {
            claims = await ReadAsync(token);
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
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = JwtSettings.Issuer,
            ValidAudience = JwtSettings.Audience,
            IssuerSigningKey = _key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // Expiry is checked against our own clock, each time.
            ValidateLifetime = false,
        });
        return result.IsValid && Guid.TryParse(result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sid)?.Value, out var session)
            ? new AccessTokenClaims(session, new DateTimeOffset(((JsonWebToken)result.SecurityToken).ValidTo, TimeSpan.Zero))
            : null;
    }
}
