using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Auth;

/// <summary>Public keys, as a JWK Set (RFC 7517).</summary>
public sealed record JsonWebKeySetView
{
    /// <summary>The keys; the one that signs stands first.</summary>
    public required IReadOnlyList<JsonWebKeyView> Keys { get; init; }
}

/// <summary>A public key, as a JWK (RFC 7517, RFC 7518).</summary>
public sealed record JsonWebKeyView
{
    /// <summary>Its type: <c>RSA</c> or <c>EC</c>.</summary>
    public required string Kty { get; init; }

    /// <summary>Its name, which stands in the header of each token that it signed: its thumbprint (RFC 7638).</summary>
    public required string Kid { get; init; }

    /// <summary>What it is for: always <c>sig</c>.</summary>
    public required string Use { get; init; }

    /// <summary>The algorithm that it is used with: <c>RS256</c> or <c>ES256</c>.</summary>
    public required string Alg { get; init; }

    /// <summary>RSA: the modulus.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? N { get; init; }

    /// <summary>RSA: the exponent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? E { get; init; }

    /// <summary>EC: the curve, always <c>P-256</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Crv { get; init; }

    /// <summary>EC: the point's first coordinate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? X { get; init; }

    /// <summary>EC: the point's second coordinate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Y { get; init; }
}
