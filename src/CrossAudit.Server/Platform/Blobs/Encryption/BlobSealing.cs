using System.Buffers;
using System.Security.Cryptography;

namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>Writes encrypted files and opens them.</summary>
internal static class BlobSealing
{
    // As many chunks as are read and written at a time.
    private const int Batch = 8;

    /// <summary>Encrypts a blob's bytes into a file.</summary>
    /// <exception cref="BlobDamagedException">They are not the blob's.</exception>
    public static async Task WriteAsync(Stream plain, StoredBlob blob, byte[] dataKey, string path, CancellationToken stop)
    {
        var header = SealedHeader.New(blob.KeyId!.Value);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var cipher = new BlobCipher(header, dataKey, blob.OrganizationId, blob.Sha256);
        await using var target = WorkFile.Create(path);
        await target.WriteAsync(header.Bytes.ToArray(), stop);
        var (read, box) = (ArrayPool<byte>.Shared.Rent(Batch * BlobCipher.ChunkSize), ArrayPool<byte>.Shared.Rent(Batch * BlobCipher.SealedChunkSize));
        try
        {
            var chunks = BlobCipher.ChunksOf(blob.Size);
            for (var chunk = 0L; chunk < chunks; chunk += Batch)
            {
                var size = (int)Math.Min(Batch * BlobCipher.ChunkSize, blob.Size - (chunk * BlobCipher.ChunkSize));
                await plain.ReadExactlyAsync(read.AsMemory(0, size), stop);
                hash.AppendData(read, 0, size);
                await target.WriteAsync(box.AsMemory(0, Seal(cipher, chunk, chunks, read.AsSpan(0, size), box)), stop);
            }
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != blob.Sha256)
                throw new BlobDamagedException(BlobDamagedException.Altered);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(read);
            ArrayPool<byte>.Shared.Return(box);
        }
    }

    /// <summary>A stream of what a blob's bytes were before they were encrypted.</summary>
    public static async Task<SealedStream> OpenAsync(Stream stored, StoredBlob blob, byte[] dataKey, CancellationToken stop)
    {
        var bytes = new byte[SealedHeader.Length];
        await stored.ReadExactlyAsync(bytes, stop);
        return new SealedStream(stored, new BlobCipher(SealedHeader.Read(bytes, blob.KeyId!.Value), dataKey, blob.OrganizationId, blob.Sha256), blob.Size);
    }

    private static int Seal(BlobCipher cipher, long first, long chunks, ReadOnlySpan<byte> plain, Span<byte> box)
    {
        var written = 0;
        for (var chunk = first; chunk < Math.Min(first + Batch, chunks); chunk++)
        {
            var size = Math.Min(BlobCipher.ChunkSize, plain.Length);
            cipher.Seal(chunk, chunk == chunks - 1, plain[..size], box[written..]);
            plain = plain[size..];
            written += size + BlobCipher.TagLength;
        }
        return written;
    }
}
