using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace CrossAudit.Tests.Features.Webhooks;

/// <summary>What a receiver does by the specification, written apart from the sender.</summary>
internal static class StandardVerification
{
    private const int Tolerance = 300;

    public static bool IsValid(string key, IReadOnlyDictionary<string, string> headers, byte[] body, long now) =>
        headers.TryGetValue("webhook-id", out var id)
        && headers.TryGetValue("webhook-timestamp", out var timestamp)
        && headers.TryGetValue("webhook-signature", out var signatures)
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now - seconds) <= Tolerance
        && signatures.Split(' ').Any(signature => Matches(key, signature, [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));

    private static bool Matches(string key, string signature, byte[] content) => (key.Split('_'), signature.Split(',')) switch
    {
        (["whpk", var publicKey], ["v1a", var encoded]) => SignatureAlgorithm.Ed25519.Verify(
            PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromBase64String(publicKey), KeyBlobFormat.RawPublicKey), content, Convert.FromBase64String(encoded)),
        ([.., var secret], ["v1", var encoded]) => CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(encoded), Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), content)))),
        _ => false,
    };
}
