using System.Security.Cryptography;
using NSec.Cryptography;

namespace CrossAudit.Server.Features.Webhooks.Signing;

/// <summary>What a delivery is signed with, in the forms of Standard Webhooks (https://www.standardwebhooks.com).</summary>
internal abstract class WebhookKey
{
    /// <summary>A signature as <c>webhook-signature</c> has it: the scheme, a comma and the signature in Base64.</summary>
    public abstract string Sign(ReadOnlySpan<byte> content);
}

/// <summary>A secret that sender and receiver share: <c>v1</c>, HMAC-SHA256.</summary>
internal sealed class SharedSecret(byte[] bytes) : WebhookKey
{
    public const string Prefix = "whsec_";
    private const int Shortest = 24;
    private const int Longest = 64;

    public static SharedSecret Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads a secret with or without its prefix; null if it is none that the specification allows.</summary>
    public static SharedSecret? Parse(string text)
    {
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var decoded = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, decoded, out var length) && length is >= Shortest and <= Longest ? new(decoded[..length]) : null;
    }

    /// <summary>The secret itself, as it is shown once. Not <c>ToString</c>, which a log line might call.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(bytes);

    public override string Sign(ReadOnlySpan<byte> content) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(bytes, content));
}

/// <summary>A key of which receivers know the public half alone, so that none of them can sign: <c>v1a</c>, Ed25519.</summary>
internal sealed class PrivateSigningKey(byte[] seed) : WebhookKey
{
    public const string PublicPrefix = "whpk_";

    public static PrivateSigningKey Create() => new(RandomNumberGenerator.GetBytes(SignatureAlgorithm.Ed25519.PrivateKeySize));

    /// <summary>The public half, as receivers take it.</summary>
    public string PublicKey
    {
        get
        {
            using var key = Import();
            return PublicPrefix + Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        }
    }

    public override string Sign(ReadOnlySpan<byte> content)
    {
        using var key = Import();
        return "v1a," + Convert.ToBase64String(SignatureAlgorithm.Ed25519.Sign(key, content));
    }

    private Key Import() => Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
}
