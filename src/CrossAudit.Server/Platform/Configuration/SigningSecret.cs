using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>The secret that signs access tokens: set by the operator, or made and kept by the embedded shape.</summary>
internal static class SigningSecret
{
    private const int LeastLength = 32;

    // Values from examples and templates: whoever left one in place would let anybody sign in as anybody.
    private static readonly string[] WellKnown = ["secret", "changeme", "change-me", "change_me", "your-secret", "your_secret", "password", "example", "crossaudit"];

    /// <summary>The secret's bytes.</summary>
    /// <param name="mayCreate">Whether one is made where none is set: only where no other node needs the same one.</param>
    public static byte[] Read(SettingsReader read, string dataDirectory, bool mayCreate)
    {
        if (read.Text("JWT_ALGORITHM", "HS256") is not "HS256" and var algorithm)
            throw SettingsReader.Refuse("JWT_ALGORITHM", algorithm, "HS256");
        if (read.Text("JWT_SECRET_KEY") is not { } secret)
            return mayCreate ? ReadOrCreate(Path.Combine(dataDirectory, "jwt-secret.key")) : throw NotSet();
        if (Encoding.UTF8.GetByteCount(secret) < LeastLength)
            throw SettingsReader.RefuseSecret("JWT_SECRET_KEY", $"is shorter than {LeastLength} bytes", "a random secret: openssl rand -base64 48");
        if (IsWellKnown(secret))
            throw SettingsReader.RefuseSecret("JWT_SECRET_KEY", "is a value that others can guess", "a random secret: openssl rand -base64 48");
        return Encoding.UTF8.GetBytes(secret);
    }

    private static SettingsException NotSet() => SettingsReader.RefuseSecret(
        "JWT_SECRET_KEY", "is not set, and with DATABASE_URL every node needs the same one", "a random secret: openssl rand -base64 48");

    private static bool IsWellKnown(string secret) =>
        secret.Distinct().Count() < 8 || Array.Exists(WellKnown, known => secret.Contains(known, StringComparison.OrdinalIgnoreCase));

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFolder.Ensure(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, Encoding.ASCII, options);
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        }
        return Encoding.ASCII.GetBytes(File.ReadAllText(path).Trim());
    }
}
