using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>A WebSocket as whole frames, written by many and read by one.</summary>
internal sealed class FrameStream(WebSocket socket) : IDisposable
{
    private const int ChunkLength = 4 * 1024;
    private const int LostWithoutAWord = 1006;

    private static readonly JsonSerializerOptions Json = new(CrossAuditJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ArrayBufferWriter<byte> _incoming = new(ChunkLength);
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Sends a frame. Who waits for its answer is noted when nothing can hold it back any more, so answers find their askers in order.</summary>
    public async Task<T> WriteAsync<T>(ClientFrame frame, Func<T> expect, CancellationToken stop)
        where T : Task
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, Json);
        await _sending.WaitAsync(stop);
        try
        {
            var answer = expect();
            // Not cancelled midway: that would tear the socket down.
            await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            return answer;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says goodbye; the other side's goodbye is read like a frame.</summary>
    public async Task CloseAsync(CancellationToken stop)
    {
        await _sending.WaitAsync(stop);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", stop);
        }
        catch (WebSocketException)
        {
            // It is gone already.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next frame; null once the socket has ended. What is no frame is passed over.</summary>
    public async Task<ServerFrame?> ReadAsync()
    {
        while (await ReceiveAsync())
            if (TryParse() is { } frame)
                return frame;
        return null;
    }

    /// <summary>How the socket ended.</summary>
    public SocketClose Ending => new((int?)socket.CloseStatus ?? LostWithoutAWord, socket.CloseStatusDescription ?? "");

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private async Task<bool> ReceiveAsync()
    {
        _incoming.ResetWrittenCount();
        while (true)
        {
            var part = await socket.ReceiveAsync(_incoming.GetMemory(ChunkLength), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return false;
            _incoming.Advance(part.Count);
            if (part.EndOfMessage)
                return true;
        }
    }

    private ServerFrame? TryParse()
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFrame>(_incoming.WrittenSpan, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
