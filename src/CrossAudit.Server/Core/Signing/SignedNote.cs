using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace CrossAudit.Server.Core.Signing;

/// <summary>
/// A text with an Ed25519 signature below it, in the form of the C2SP specification signed-note (https://c2sp.org/signed-note), which other people's tools verify.
/// </summary>
internal static class SignedNote
{
    private const byte Ed25519 = 1;
    private const int KeyIdLength = 4;

    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    /// <summary>The public key as such tools take it: name, key id and key, joined by <c>+</c>.</summary>
    public static string VerifierKey(string name, ReadOnlySpan<byte> publicKey) =>
        $"{name}+{Convert.ToHexStringLower(KeyId(name, publicKey))}+{Convert.ToBase64String([Ed25519, .. publicKey])}";

    /// <param name="text">What is signed. It ends with a line feed.</param>
    /// <param name="name">The signer's name: without white space and <c>+</c>.</param>
    /// <param name="key">The signer's key.</param>
    public static string Sign(string text, string name, Key key)
    {
        var publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        byte[] signature = [.. KeyId(name, publicKey), .. Algorithm.Sign(key, Encoding.UTF8.GetBytes(text))];
        return $"{text}\n— {name} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>The text of a note that the key has signed; null if it has not, or if anything of it was altered.</summary>
    /// <exception cref="FormatException">The key is none.</exception>
    public static string? Verify(string note, string verifierKey)
    {
        var (name, publicKey) = Parse(verifierKey);
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
            return null;
        var text = note[..(end + 1)];
        foreach (var line in note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split(' ') is ["—", var signer, var encoded] && signer == name && Decode(encoded) is { Length: > KeyIdLength } signature && signature.AsSpan(0, KeyIdLength).SequenceEqual(KeyId(name, publicKey)))
                return Algorithm.Verify(PublicKey.Import(Algorithm, publicKey, KeyBlobFormat.RawPublicKey), Encoding.UTF8.GetBytes(text), signature.AsSpan(KeyIdLength)) ? text : null;
        return null;
    }

    /// <summary>Who says to have signed a note, as its last line has it; null if nobody does.</summary>
    public static string? SignerOf(string note) =>
        note.TrimEnd('\n').Split('\n')[^1].Split(' ') is ["—", { Length: > 0 } name, _] && !name.Contains('+', StringComparison.Ordinal) ? name : null;

    private static (string Name, byte[] PublicKey) Parse(string verifierKey) =>
        verifierKey.Split('+', 3) is [{ Length: > 0 } name, var id, var encoded] && Decode(encoded) is [Ed25519, .. var publicKey] && publicKey.Length == Algorithm.PublicKeySize
        && string.Equals(id, Convert.ToHexStringLower(KeyId(name, publicKey)), StringComparison.Ordinal)
            ? (name, publicKey)
            : throw new FormatException("A verifier key is a name, a key id and a key, joined by +.");

    private static byte[] KeyId(string name, ReadOnlySpan<byte> publicKey) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. publicKey])[..KeyIdLength];

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
