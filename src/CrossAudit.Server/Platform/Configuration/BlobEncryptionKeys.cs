namespace CrossAudit.Server.Platform.Configuration;

/// <summary>The master keys that the keys of encrypted files are wrapped with. None is ever made by the server: whoever loses one loses the files.</summary>
internal static class BlobEncryptionKeys
{
    private const int Length = 32;
    private const string Takes = "32 random bytes in base64: openssl rand -base64 32";

    /// <summary>The keys' bytes, the one that wraps first; empty where files are stored as they are.</summary>
    public static IReadOnlyList<byte[]> Read(SettingsReader read)
    {
        var previous = read.List("BLOB_PREVIOUS_ENCRYPTION_KEYS") ?? [];
        if (read.Text("BLOB_ENCRYPTION_KEY") is not { } current)
            return previous.Count == 0 ? [] : throw SettingsReader.RefuseSecret("BLOB_ENCRYPTION_KEY", "is not set, but BLOB_PREVIOUS_ENCRYPTION_KEYS is", Takes);
        return [Parse("BLOB_ENCRYPTION_KEY", current), .. previous.Select(key => Parse("BLOB_PREVIOUS_ENCRYPTION_KEYS", key))];
    }

    private static byte[] Parse(string name, string text)
    {
        var key = new byte[Length];
        if (!Convert.TryFromBase64String(text, key, out var length) || length != Length)
            throw SettingsReader.RefuseSecret(name, $"is not {Length} bytes in base64", Takes);
        return key.Distinct().Count() < 8 ? throw SettingsReader.RefuseSecret(name, "is a value that others can guess", Takes) : key;
    }
}
