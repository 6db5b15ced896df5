using Amazon.S3;
using Amazon.S3.Model;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>
/// An object in S3 as a seekable stream: a request is made at the first read after a seek, from that position on. So <c>Range</c> works as
/// it does for a file, and only the bytes asked for travel.
/// </summary>
internal sealed class S3ReadStream(IAmazonS3 s3, string bucket, string key, long length) : StoredStream(length)
{
    private GetObjectResponse? _open;
    private long _position;

    public override long Position
    {
        get => _position;
        set
        {
            if (value == _position)
                return;
            Close(ref _open);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0)
            return 0;
        var read = await S3Failures.Reach(async () =>
        {
            _open ??= await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(_position, Length - 1) }, cancellationToken);
            return await _open.ResponseStream.ReadAsync(buffer, cancellationToken);
        });
        // A connection that broke must not pass for the end of the file.
        if (read == 0)
            throw new BlobStoreUnavailableException("The file store broke off.");
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close(ref _open);
        base.Dispose(disposing);
    }

    private static void Close(ref GetObjectResponse? response)
    {
        response?.Dispose();
        response = null;
    }
}
