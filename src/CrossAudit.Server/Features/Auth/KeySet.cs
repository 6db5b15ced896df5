using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Platform.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Serves the public keys that access tokens are verified with, as a JWK Set (RFC 7517, section 5).</summary>
internal static class KeySet
{
    public const string Path = "/.well-known/jwks.json";

    /// <summary>Lists the public keys of access tokens.</summary>
    /// <remarks>The one that signs stands first; the others are retired. Empty under HS256, whose key is nobody else's.</remarks>
    internal static Ok<JsonWebKeySetView> GetKeys(Settings settings, HttpResponse response)
    {
        // Short enough that a new key is known everywhere before long; whoever meets an unknown kid asks again anyway.
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new JsonWebKeySetView { Keys = [.. settings.Jwt.Keys.Pairs.Select(Public)] });
    }

    // Field by field: what is not named here cannot get out.
    private static JsonWebKeyView Public(JsonWebKey key) => new()
    {
        Kty = key.Kty,
        Kid = key.Kid,
        Use = key.Use,
        Alg = key.Alg,
        N = key.N,
        E = key.E,
        Crv = key.Crv,
        X = key.X,
        Y = key.Y,
    };
}
