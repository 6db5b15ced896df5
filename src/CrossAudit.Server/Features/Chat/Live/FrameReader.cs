using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>What came in on a socket.</summary>
/// <param name="Frame">The frame; null where it is not of a form that is taken.</param>
/// <param name="Close">The code to close with, where nothing more can be read.</param>
internal readonly record struct Incoming(ClientFrame? Frame, WebSocketCloseStatus? Close = null);

/// <summary>Reads whole frames, within a limit.</summary>
internal sealed class FrameReader(WebSocket socket)
{
    private const int LongestFrame = 256 * 1024;
    private const int ChunkLength = 4 * 1024;

    private readonly ArrayBufferWriter<byte> _frame = new(ChunkLength);

    public async Task<Incoming> ReadAsync(CancellationToken stop)
    {
        _frame.ResetWrittenCount();
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(_frame.GetMemory(ChunkLength), stop);
            }
            catch (WebSocketException)
            {
                // The peer is gone, or broke the protocol (RFC 6455): the socket has closed itself.
                return new Incoming(null, WebSocketCloseStatus.ProtocolError);
            }
            if (part.MessageType == WebSocketMessageType.Close)
                return new Incoming(null, WebSocketCloseStatus.NormalClosure);
            _frame.Advance(part.Count);
            if (_frame.WrittenCount > LongestFrame)
                return new Incoming(null, WebSocketCloseStatus.MessageTooBig);
            if (part.EndOfMessage)
                return new Incoming(part.MessageType == WebSocketMessageType.Text ? Parse(_frame.WrittenSpan) : null);
        }
    }

    private static ClientFrame? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ClientFrame>(json, CrossAuditJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
