using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>
/// A hash of what a request asks for: path, query and body. The body is hashed as it is read, so that one of any size costs the same memory. The boundary
/// of a form is left out: clients make another one each time they send it.
/// </summary>
internal sealed class RequestFingerprint : Stream
{
    private const int BufferSize = 64 * 1024;

    private readonly Stream _body;
    private readonly byte[] _boundary;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // What may be the beginning of a boundary.
    private byte[] _held = [];

    private RequestFingerprint(HttpRequest request)
    {
        _body = request.Body;
        _boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? Encoding.UTF8.GetBytes(HeaderUtilities.RemoveQuotes(type.Boundary).ToString()) : [];
        _hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{type?.MediaType}\n"));
    }

    /// <summary>Reads the request's body through a hash from now on.</summary>
    public static RequestFingerprint Watch(HttpRequest request)
    {
        var fingerprint = new RequestFingerprint(request);
        request.Body = fingerprint;
        return fingerprint;
    }

    /// <summary>Reads what nobody has read, and tells the hash.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken stop)
    {
        var buffer = new byte[BufferSize];
        while (await ReadAsync(buffer, stop) > 0)
        {
        }
        _hash.AppendData(_held);
        return _hash.GetHashAndReset();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _body.ReadAsync(buffer, cancellationToken);
        Append(buffer.Span[..read]);
        return read;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_boundary.Length == 0)
        {
            _hash.AppendData(bytes);
            return;
        }
        ReadOnlySpan<byte> left = [.. _held, .. bytes];
        for (var found = left.IndexOf(_boundary); found >= 0; found = left.IndexOf(_boundary))
        {
            _hash.AppendData(left[..found]);
            left = left[(found + _boundary.Length)..];
        }
        var held = Math.Min(left.Length, _boundary.Length - 1);
        _hash.AppendData(left[..^held]);
        _held = left[^held..].ToArray();
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Kestrel allows no reading that blocks.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
