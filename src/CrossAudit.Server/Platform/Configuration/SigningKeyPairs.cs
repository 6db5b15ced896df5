using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>The key pairs that access tokens are signed with under RS256 and ES256, read from PEM (RFC 7468). The first signs; the others are retired and still verify.</summary>
internal static class SigningKeyPairs
{
    private const int LeastRsaBits = 2048;
    private const string Name = "JWT_PRIVATE_KEY";

    /// <summary>The keys as JWKs (RFC 7517), each named by its thumbprint (RFC 7638).</summary>
    public static IReadOnlyList<JsonWebKey> Read(SettingsReader read, string algorithm, string dataDirectory, bool mayCreate)
    {
        var takes = $"a private key in PEM form, or the path of a file with one: {Command(algorithm)}";
        var pem = read.Text("JWT_PRIVATE_KEY") switch
        {
            { } text when text.Contains("-----BEGIN", StringComparison.Ordinal) => text.Replace("\\n", "\n", StringComparison.Ordinal),
            { } path => File.Exists(path) ? File.ReadAllText(path) : throw SettingsReader.RefuseSecret(Name, "is neither PEM nor a file that can be read", takes),
            null when mayCreate => KeptKeys.ReadOrCreate(FileIn(dataDirectory, algorithm), () => Create(algorithm)),
            null => throw SettingsReader.RefuseSecret(Name, $"is not set, and with DATABASE_URL and {algorithm} every node needs the same one", takes),
        };
        try
        {
            var keys = Split(pem).Select(block => ToKey(block, algorithm)).ToList();
            return keys is [{ HasPrivateKey: true }, ..] ? keys : throw SettingsReader.RefuseSecret(Name, "does not begin with a private key", takes);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw SettingsReader.RefuseSecret(Name, $"holds no key for {algorithm} ({unreadable.Message.TrimEnd('.')})", takes);
        }
    }

    public static string FileIn(string dataDirectory, string algorithm) => Path.Combine(dataDirectory, $"jwt-{algorithm.ToLowerInvariant()}.pem");

    public static string Create(string algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == SecurityAlgorithms.RsaSha256 ? RSA.Create(3072) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The blocks of a PEM text, in order.</summary>
    public static IEnumerable<string> Split(string pem)
    {
        for (var rest = pem; PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
            yield return rest[block.Location];
    }

    private static string Command(string algorithm) => algorithm == SecurityAlgorithms.RsaSha256
        ? "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072"
        : "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    private static JsonWebKey ToKey(string pem, string algorithm)
    {
        var key = algorithm == SecurityAlgorithms.RsaSha256 ? OfRsa(pem) : OfEcdsa(pem);
        (key.Use, key.Alg) = (JsonWebKeyUseNames.Sig, algorithm);
        key.KeyId = key.Kid = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static JsonWebKey OfRsa(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        if (rsa.KeySize < LeastRsaBits)
            throw new CryptographicException($"it has {rsa.KeySize} bits, and takes at least {LeastRsaBits}");
        var isPrivate = pem.Contains("PRIVATE KEY", StringComparison.Ordinal);
        return JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(isPrivate)));
    }

    private static JsonWebKey OfEcdsa(string pem)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(pem);
        var isPrivate = pem.Contains("PRIVATE KEY", StringComparison.Ordinal);
        var parameters = ecdsa.ExportParameters(isPrivate);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new CryptographicException("its curve is not P-256");
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(parameters.Q.X),
            Y = Base64UrlEncoder.Encode(parameters.Q.Y),
            D = isPrivate ? Base64UrlEncoder.Encode(parameters.D) : null,
        };
    }
}
