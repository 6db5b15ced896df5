using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>
/// How an encrypted file begins: magic (8 bytes), version (1), chunk size (4, big-endian), key id (16), salt (32), nonce prefix (7).
/// Whether a file is encrypted is told by its row, never by how it begins: anybody can upload a file that begins like this.
/// </summary>
internal sealed class SealedHeader
{
    public const int Length = 68;
    public const int NoncePrefixLength = 7;

    private const byte Version = 1;
    private const int SaltLength = 32;

    private readonly byte[] _bytes;

    private SealedHeader(byte[] bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Magic => "XAUDBLOB"u8;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlySpan<byte> Salt => _bytes.AsSpan(29, SaltLength);

    public ReadOnlySpan<byte> NoncePrefix => _bytes.AsSpan(61, NoncePrefixLength);

    /// <summary>A header for a new file, with a salt of its own.</summary>
    public static SealedHeader New(Guid keyId)
    {
        var header = new SealedHeader(new byte[Length]);
        header.WriteFixedPart(keyId);
        RandomNumberGenerator.Fill(header._bytes.AsSpan(29));
        return header;
    }

    /// <exception cref="BlobDamagedException">These are not the first bytes of a file encrypted with this key.</exception>
    public static SealedHeader Read(byte[] bytes, Guid keyId)
    {
        var expected = new SealedHeader(new byte[Length]);
        expected.WriteFixedPart(keyId);
        return bytes.AsSpan(0, 29).SequenceEqual(expected._bytes.AsSpan(0, 29)) ? new SealedHeader(bytes) : throw new BlobDamagedException(BlobDamagedException.Altered);
    }

    private void WriteFixedPart(Guid keyId)
    {
        Magic.CopyTo(_bytes);
        _bytes[8] = Version;
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(9), BlobCipher.ChunkSize);
        keyId.TryWriteBytes(_bytes.AsSpan(13), bigEndian: true, out _);
    }
}
