using System.Buffers;
using System.Security.Cryptography;

namespace CrossAudit.Server.Features.Documents.Storage;

/// <summary>Reads a stored file at a pace that leaves disk and network to others: 20 TB a month on each node, and ten files a second at most.</summary>
internal static class SlowReading
{
    private const int BufferSize = 256 * 1024;
    private const int BytesPerSecond = 8 * 1024 * 1024;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    /// <summary>SHA-256 of the bytes in hex.</summary>
    public static async Task<string> HashAsync(Stream bytes, TimeProvider clock, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await bytes.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, stop)) == BufferSize)
            {
                hash.AppendData(buffer, 0, read);
                await Task.Delay(TimeSpan.FromSeconds((double)BufferSize / BytesPerSecond), clock, stop);
            }
            hash.AppendData(buffer, 0, read);
            await Task.Delay(LeastPause, clock, stop);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
