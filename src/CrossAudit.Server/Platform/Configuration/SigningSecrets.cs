using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>The secrets that tokens are signed with: set by the operator, or made and kept by the embedded shape. The first signs; the others are retired and still verify.</summary>
internal static class SigningSecrets
{
    private const int LeastLength = 32;
    private const string Takes = "a random secret: openssl rand -base64 48";

    // Values from examples and templates: whoever left one in place would let anybody sign in as anybody.
    private static readonly string[] WellKnown = ["secret", "changeme", "change-me", "change_me", "your-secret", "your_secret", "password", "example", "crossaudit"];

    /// <summary>The secrets' bytes.</summary>
    /// <param name="mayCreate">Whether one is made where none is set: only where no other node needs the same one.</param>
    public static IReadOnlyList<byte[]> Read(SettingsReader read, string dataDirectory, bool mayCreate)
    {
        if (read.Text("JWT_SECRET_KEY") is not { } secret)
            return mayCreate
                ? [.. KeptKeys.ReadOrCreate(FileIn(dataDirectory), Create).Split('\n').Select(Encoding.ASCII.GetBytes)]
                : throw SettingsReader.RefuseSecret("JWT_SECRET_KEY", "is not set, and with DATABASE_URL every node needs the same one", Takes);
        return read.Text("JWT_PREVIOUS_SECRET_KEY") is { } previous
            ? [Checked("JWT_SECRET_KEY", secret), Checked("JWT_PREVIOUS_SECRET_KEY", previous)]
            : [Checked("JWT_SECRET_KEY", secret)];
    }

    /// <summary>
    /// The keys for secrets in the database. Where the full shape is given none of its own they are those that sign tokens: sound, but then a changed
    /// <c>JWT_SECRET_KEY</c> takes people's authenticator apps with it once the previous one is dropped.
    /// </summary>
    public static IReadOnlyList<byte[]> ReadEncryptionKeys(SettingsReader read, string dataDirectory, bool mayCreate, IReadOnlyList<byte[]> signing)
    {
        if (read.Text("CROSSAUDIT_ENCRYPTION_KEY") is { } key)
            return [Checked("CROSSAUDIT_ENCRYPTION_KEY", key), .. signing];
        return mayCreate ? [Encoding.ASCII.GetBytes(KeptKeys.ReadOrCreate(Path.Combine(dataDirectory, "encryption.key"), Create))] : signing;
    }

    public static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "jwt-secret.key");

    public static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));

    private static byte[] Checked(string name, string secret)
    {
        if (Encoding.UTF8.GetByteCount(secret) < LeastLength)
            throw SettingsReader.RefuseSecret(name, $"is shorter than {LeastLength} bytes", Takes);
        return IsWellKnown(secret) ? throw SettingsReader.RefuseSecret(name, "is a value that others can guess", Takes) : Encoding.UTF8.GetBytes(secret);
    }

    private static bool IsWellKnown(string secret) =>
        secret.Distinct().Count() < 8 || Array.Exists(WellKnown, known => secret.Contains(known, StringComparison.OrdinalIgnoreCase));
}
