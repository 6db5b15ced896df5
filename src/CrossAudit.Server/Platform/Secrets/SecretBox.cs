using System.Security.Cryptography;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Secrets;

/// <summary>
/// Seals secrets that have to be read again, such as those of authenticator apps, by AES-256-GCM with a key that is not in the database. What is sealed for one
/// owner opens for no other.
/// </summary>
internal sealed class SecretBox(Settings settings)
{
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    // The first seals; the others have sealed before.
    private readonly byte[][] _keys = [.. settings.EncryptionKeys.Select(secret => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "crossaudit secrets"u8.ToArray()))];

    public byte[] Seal(ReadOnlySpan<byte> secret, Guid owner)
    {
        var box = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_keys[0], TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), secret, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), owner.ToByteArray());
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed for somebody else, with a key that is not known any more, or altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, Guid owner)
    {
        var secret = new byte[box.Length - NonceLength - TagLength];
        foreach (var key in _keys)
        {
            using var aes = new AesGcm(key, TagLength);
            try
            {
                aes.Decrypt(box[..NonceLength], box[(NonceLength + TagLength)..], box.Slice(NonceLength, TagLength), secret, owner.ToByteArray());
                return secret;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Not this key.
            }
        }
        throw new CryptographicException("None of the keys opens it: was CROSSAUDIT_ENCRYPTION_KEY changed?");
    }
}
