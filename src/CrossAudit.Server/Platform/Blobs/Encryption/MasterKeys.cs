using System.Security.Cryptography;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>
/// Wraps and unwraps data keys by AES-256-GCM with the keys of the configuration: the first wraps, all unwrap. What is wrapped for one organization opens for
/// no other.
/// </summary>
internal sealed class MasterKeys(Settings settings)
{
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    private readonly MasterKey[] _keys = [.. settings.BlobEncryptionKeys.Select(MasterKey.Of)];

    /// <summary>The master key that wraps; null where files are not encrypted.</summary>
    public string? CurrentId => _keys is [var first, ..] ? first.Id : null;

    public bool Knows(string id) => Array.Exists(_keys, key => key.Id == id);

    public DataKey Wrap(ReadOnlySpan<byte> dataKey, Guid id, Guid organizationId, DateTimeOffset createdAt)
    {
        var wrapped = new byte[NonceLength + TagLength + dataKey.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_keys[0].Bytes, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), dataKey, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength), Owner(organizationId, id));
        return new DataKey { Id = id, OrganizationId = organizationId, WrappedKey = wrapped, MasterKeyId = _keys[0].Id, CreatedAt = createdAt };
    }

    /// <exception cref="BlobStoreUnavailableException">The master key is not among the configured ones.</exception>
    /// <exception cref="CryptographicException">It was wrapped for somebody else, or altered.</exception>
    public byte[] Unwrap(DataKey key)
    {
        var master = Array.Find(_keys, master => master.Id == key.MasterKeyId)
            ?? throw new BlobStoreUnavailableException($"A file is encrypted with the key {key.Id}, whose master key is neither BLOB_ENCRYPTION_KEY nor one of BLOB_PREVIOUS_ENCRYPTION_KEYS.");
        var wrapped = key.WrappedKey.AsSpan();
        var dataKey = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(master.Bytes, TagLength);
        aes.Decrypt(wrapped[..NonceLength], wrapped[(NonceLength + TagLength)..], wrapped.Slice(NonceLength, TagLength), dataKey, Owner(key.OrganizationId, key.Id));
        return dataKey;
    }

    private static byte[] Owner(Guid organizationId, Guid keyId) => [.. "crossaudit data key 1"u8, .. organizationId.ToByteArray(bigEndian: true), .. keyId.ToByteArray(bigEndian: true)];

    // Neither the key that wraps nor the id is the configured secret: from one of them the other cannot be told.
    private sealed record MasterKey(string Id, byte[] Bytes)
    {
        public static MasterKey Of(byte[] secret) => new(Convert.ToHexStringLower(Derive(secret, 8, "crossaudit master key id"u8)), Derive(secret, 32, "crossaudit data key wrapping"u8));

        private static byte[] Derive(byte[] secret, int length, ReadOnlySpan<byte> purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, info: purpose.ToArray());
    }
}
