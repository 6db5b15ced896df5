using System.Security.Cryptography;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Blobs.Encryption;
using CrossAudit.Tests.Engines;

namespace CrossAudit.Tests.Platform.Blobs;

/// <summary>The format of encrypted files: what was stored comes back, from anywhere in it, and nothing else ever does.</summary>
public sealed class SealedFiles : IDisposable
{
    private const int Chunk = BlobCipher.ChunkSize;

    private readonly ScratchFolder _folder = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Guid _organization = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((8 * Chunk) - 1)]
    [InlineData(8 * Chunk)]
    [InlineData((20 * Chunk) + 4711)]
    public async Task Any_size_comes_back_whole_and_from_anywhere(int size)
    {
        var plain = RandomNumberGenerator.GetBytes(size);
        var (blob, stored) = await SealAsync(plain);

        Assert.Equal(BlobCipher.LengthOf(size), stored.Length);
        Assert.Equal(plain, await ReadAsync(blob, stored));
        await using var stream = await OpenAsync(blob, stored);
        Assert.Equal(size, stream.Length);
        for (var n = 0; n < 50 && size > 0; n++)
        {
            var from = Random.Shared.Next(size);
            var part = new byte[Random.Shared.Next(1, size - from + 1)];
            stream.Seek(from, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(part, Stop);
            Assert.Equal(plain[from..(from + part.Length)], part);
        }
    }

    [Fact]
    public async Task Of_a_range_only_its_chunks_are_read()
    {
        var (blob, stored) = await SealAsync(RandomNumberGenerator.GetBytes(100 * Chunk));
        var counted = new CountingStream(stored);
        await using var stream = await BlobSealing.OpenAsync(counted, blob, _key, Stop);

        stream.Position = (50 * Chunk) - 10;
        await stream.ReadExactlyAsync(new byte[20], Stop);

        Assert.Equal(SealedHeader.Length + (2 * BlobCipher.SealedChunkSize), counted.BytesRead);
    }

    [Fact]
    public async Task The_same_bytes_are_never_encrypted_alike()
    {
        var plain = RandomNumberGenerator.GetBytes(1000);

        Assert.NotEqual((await SealAsync(plain)).Stored, (await SealAsync(plain)).Stored);
    }

    [Fact]
    public async Task A_flipped_bit_is_refused_wherever_it_is()
    {
        var (blob, stored) = await SealAsync(RandomNumberGenerator.GetBytes(Chunk + 100));
        int[] places = [.. Enumerable.Range(0, SealedHeader.Length + 32), Chunk, SealedHeader.Length + BlobCipher.SealedChunkSize, stored.Length - 1];
        foreach (var place in places)
        {
            var altered = stored.ToArray();
            altered[place] ^= 1;
            await RefusedAsync(blob, altered);
        }
    }

    [Fact]
    public async Task Cut_lengthened_reordered_and_repeated_chunks_are_refused()
    {
        var plain = RandomNumberGenerator.GetBytes(3 * Chunk);
        var (blob, stored) = await SealAsync(plain);
        Span<byte> At(byte[] bytes, int chunk) => bytes.AsSpan((int)BlobCipher.PositionOf(chunk), BlobCipher.SealedChunkSize);

        // Told that it is shorter, by whole chunks, it is not taken for a shorter file.
        await RefusedAsync(Like(blob, 2 * Chunk), stored[..(int)BlobCipher.PositionOf(2)]);
        await RefusedAsync(Like(blob, Chunk), stored[..(int)BlobCipher.PositionOf(1)]);
        await RefusedAsync(Like(blob, 4 * Chunk), [.. stored, .. At(stored, 2)]);
        await RefusedAsync(blob, stored[..^1]);
        var swapped = stored.ToArray();
        At(stored, 0).CopyTo(At(swapped, 1));
        At(stored, 1).CopyTo(At(swapped, 0));
        await RefusedAsync(blob, swapped);
        var repeated = stored.ToArray();
        At(stored, 0).CopyTo(At(repeated, 1));
        await RefusedAsync(blob, repeated);
    }

    [Fact]
    public async Task Chunks_and_files_of_others_are_refused()
    {
        var (blob, stored) = await SealAsync(RandomNumberGenerator.GetBytes(2 * Chunk));
        var (other, otherStored) = await SealAsync(RandomNumberGenerator.GetBytes(2 * Chunk), blob.KeyId);

        // A chunk at its own place in another file of the organization; that file as a whole; and this one in another organization.
        var mixed = stored.ToArray();
        otherStored.AsSpan((int)BlobCipher.PositionOf(1)).CopyTo(mixed.AsSpan((int)BlobCipher.PositionOf(1)));
        await RefusedAsync(blob, mixed);
        await RefusedAsync(blob, otherStored);
        await RefusedAsync(other, stored);
        await RefusedAsync(new StoredBlob { Id = blob.Id, OrganizationId = Guid.CreateVersion7(), Sha256 = blob.Sha256, Size = blob.Size, Location = "", KeyId = blob.KeyId, CreatedAt = default, ReservedUntil = default }, stored);
        Assert.Equal(2 * Chunk, (await ReadAsync(other, otherStored)).Length);
    }

    [Fact]
    public async Task Bytes_that_are_not_those_announced_are_not_encrypted()
    {
        var blob = Announced(new byte[10], null);
        using var others = new MemoryStream(RandomNumberGenerator.GetBytes(10));

        await Assert.ThrowsAsync<BlobDamagedException>(() => BlobSealing.WriteAsync(others, blob, _key, Path.Combine(_folder.Path, "others"), Stop));
    }

    private async Task<(StoredBlob Blob, byte[] Stored)> SealAsync(byte[] plain, Guid? keyId = null)
    {
        var (blob, path) = (Announced(plain, keyId), Path.Combine(_folder.Path, Guid.CreateVersion7().ToString()));
        using var source = new MemoryStream(plain);
        await BlobSealing.WriteAsync(source, blob, _key, path, Stop);
        return (blob, await File.ReadAllBytesAsync(path, Stop));
    }

    private StoredBlob Announced(byte[] plain, Guid? keyId) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = _organization,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(plain)),
        Size = plain.Length,
        Location = "",
        KeyId = keyId ?? Guid.CreateVersion7(),
        CreatedAt = default,
        ReservedUntil = default,
    };

    private static StoredBlob Like(StoredBlob blob, int size) =>
        new() { Id = blob.Id, OrganizationId = blob.OrganizationId, Sha256 = blob.Sha256, Size = size, Location = "", KeyId = blob.KeyId, CreatedAt = default, ReservedUntil = default };

    private Task<SealedStream> OpenAsync(StoredBlob blob, byte[] stored) => BlobSealing.OpenAsync(new MemoryStream(stored), blob, _key, Stop);

    private async Task<byte[]> ReadAsync(StoredBlob blob, byte[] stored)
    {
        await using var stream = await OpenAsync(blob, stored);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Stop);
        return read.ToArray();
    }

    private async Task RefusedAsync(StoredBlob blob, byte[] stored) => await Assert.ThrowsAsync<BlobDamagedException>(() => ReadAsync(blob, stored));

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int BytesRead { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            return read;
        }
    }
}
