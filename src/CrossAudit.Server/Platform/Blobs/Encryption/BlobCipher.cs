using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>
/// Encrypts and decrypts the chunks of one file by AES-256-GCM, with a key that is derived for this file alone. Key, nonce and bound data say which file of which
/// organization a chunk is of, where it stands in it, and whether it is the last: cut, reordered or exchanged chunks, and exchanged files, do not open.
/// </summary>
/// <remarks>The construction is that of Tink's streaming AEAD (AES-GCM-HKDF), whose last chunk is told by its nonce as well.</remarks>
internal sealed class BlobCipher : IDisposable
{
    public const int ChunkSize = 64 * 1024;
    public const int TagLength = 16;

    /// <summary>A whole chunk as it is stored: ciphertext and tag.</summary>
    public const int SealedChunkSize = ChunkSize + TagLength;

    private const int KeyLength = 32;
    private const int NonceLength = 12;

    private readonly AesGcm _aes;
    private readonly byte[] _nonce = new byte[NonceLength];
    private readonly byte[] _bound = new byte[SealedHeader.Length + sizeof(long) + 1];

    public BlobCipher(SealedHeader header, ReadOnlySpan<byte> dataKey, Guid organizationId, string sha256)
    {
        byte[] file = [.. "crossaudit blob 1"u8, .. organizationId.ToByteArray(bigEndian: true), .. Convert.FromHexString(sha256)];
        Span<byte> key = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, key, header.Salt, file);
        _aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        header.NoncePrefix.CopyTo(_nonce);
        header.Bytes.CopyTo(_bound);
    }

    /// <summary>How many chunks a file of this size has; an empty one has one, so that it too is known to be whole.</summary>
    public static long ChunksOf(long size) => Math.Max(1, (size + ChunkSize - 1) / ChunkSize);

    /// <summary>How many bytes an encrypted file of this size takes.</summary>
    public static long LengthOf(long size) => SealedHeader.Length + size + (ChunksOf(size) * TagLength);

    /// <summary>Where a chunk begins in the encrypted file.</summary>
    public static long PositionOf(long chunk) => SealedHeader.Length + (chunk * SealedChunkSize);

    /// <param name="box">Takes the ciphertext and the tag.</param>
    public void Seal(long chunk, bool isLast, ReadOnlySpan<byte> plain, Span<byte> box)
    {
        MoveTo(chunk, isLast);
        _aes.Encrypt(_nonce, plain, box[..plain.Length], box.Slice(plain.Length, TagLength), _bound);
    }

    /// <exception cref="BlobDamagedException">It is not the chunk that was stored there.</exception>
    public void Open(long chunk, bool isLast, ReadOnlySpan<byte> box, Span<byte> plain)
    {
        MoveTo(chunk, isLast);
        try
        {
            _aes.Decrypt(_nonce, box[..^TagLength], box[^TagLength..], plain, _bound);
        }
        catch (AuthenticationTagMismatchException altered)
        {
            throw new BlobDamagedException(BlobDamagedException.Altered, altered);
        }
    }

    public void Dispose() => _aes.Dispose();

    private void MoveTo(long chunk, bool isLast)
    {
        var last = (byte)(isLast ? 1 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(_nonce.AsSpan(SealedHeader.NoncePrefixLength), checked((uint)chunk));
        _nonce[^1] = last;
        BinaryPrimitives.WriteInt64BigEndian(_bound.AsSpan(SealedHeader.Length), chunk);
        _bound[^1] = last;
    }
}
