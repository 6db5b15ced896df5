using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>What tokens are signed with.</summary>
/// <param name="Algorithm">How access tokens are signed: HS256, RS256 or ES256. No other is ever accepted.</param>
/// <param name="Secrets">For refresh tokens, and for access tokens under HS256. The first signs; the others still verify.</param>
/// <param name="Pairs">For access tokens under RS256 and ES256, likewise; empty under HS256.</param>
internal sealed record SigningKeys(string Algorithm, IReadOnlyList<byte[]> Secrets, IReadOnlyList<JsonWebKey> Pairs)
{
    private static readonly string[] Algorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    public static SigningKeys Read(SettingsReader read, string dataDirectory, bool mayCreate)
    {
        var algorithm = AlgorithmOf(read);
        return new SigningKeys(
            algorithm,
            SigningSecrets.Read(read, dataDirectory, mayCreate),
            algorithm == SecurityAlgorithms.HmacSha256 ? [] : SigningKeyPairs.Read(read, algorithm, dataDirectory, mayCreate));
    }

    public static string AlgorithmOf(SettingsReader read) =>
        read.Text("JWT_ALGORITHM", SecurityAlgorithms.HmacSha256) is var algorithm && Algorithms.Contains(algorithm)
            ? algorithm
            : throw SettingsReader.Refuse("JWT_ALGORITHM", algorithm, "HS256, RS256 or ES256");
}
