namespace CrossAudit.Server.Platform.Blobs.Encryption;

/// <summary>An encrypted file, decrypted as it is read: of a range, only the chunks it lies in are fetched. No byte is handed out before its chunk is proven.</summary>
internal sealed class SealedStream(Stream stored, BlobCipher cipher, long length) : StoredStream(length)
{
    private readonly byte[] _box = new byte[BlobCipher.SealedChunkSize];
    private readonly byte[] _plain = new byte[BlobCipher.ChunkSize];
    private long _loaded = -1;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.Length == 0)
            return 0;
        var (chunk, offset) = Math.DivRem(Position, BlobCipher.ChunkSize);
        if (chunk != _loaded)
            await LoadAsync(chunk, cancellationToken);
        var count = Math.Min(buffer.Length, SizeOf(chunk) - (int)offset);
        _plain.AsMemory((int)offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
            cipher.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task LoadAsync(long chunk, CancellationToken stop)
    {
        _loaded = -1;
        var (size, isLast) = (SizeOf(chunk), chunk == BlobCipher.ChunksOf(Length) - 1);
        stored.Position = BlobCipher.PositionOf(chunk);
        try
        {
            await stored.ReadExactlyAsync(_box.AsMemory(0, size + BlobCipher.TagLength), stop);
        }
        catch (EndOfStreamException cut)
        {
            throw new BlobDamagedException(BlobDamagedException.Altered, cut);
        }
        cipher.Open(chunk, isLast, _box.AsSpan(0, size + BlobCipher.TagLength), _plain.AsSpan(0, size));
        _loaded = chunk;
    }

    private int SizeOf(long chunk) => (int)Math.Min(BlobCipher.ChunkSize, Length - (chunk * BlobCipher.ChunkSize));
}
