using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Tests.Client;

public sealed class SocketAnswersFindTheirAskers : IAsyncLifetime
{
    private WebSocket _server = null!;
    private ChatSocket _socket = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Stop);
        var far = await listener.AcceptTcpClientAsync(Stop);
        _server = WebSocket.CreateFromStream(far.GetStream(), new WebSocketCreationOptions { IsServer = true });
        _socket = new ChatSocket(WebSocket.CreateFromStream(near.GetStream(), new WebSocketCreationOptions()));
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _socket.DisposeAsync();
    }

    [Fact]
    public async Task Acknowledgements_are_matched_by_name_whatever_their_order()
    {
        var first = _socket.SendAsync(new SendMessageRequest { Content = "one" }, stop: Stop);
        var second = _socket.SendAsync(new SendMessageRequest { Content = "two", ClientId = "my-own" }, stop: Stop);
        var (one, two) = (await ReceiveAsync(), await ReceiveAsync());

        await AcknowledgeAsync(two.Data!.ClientId!, 2);
        await AcknowledgeAsync(one.Data!.ClientId!, 1);

        Assert.Equal("my-own", two.Data.ClientId);
        Assert.NotEmpty(one.Data.ClientId!);
        Assert.Equal((1, 2), ((await first).SequenceNumber, (await second).SequenceNumber));
    }

    [Fact]
    public async Task The_same_name_twice_is_answered_twice()
    {
        var message = new SendMessageRequest { Content = "one", ClientId = "same" };
        var (first, second) = (_socket.SendAsync(message, stop: Stop), _socket.SendAsync(message, stop: Stop));

        await AcknowledgeAsync("same", 1);
        await AcknowledgeAsync("same", 1);

        Assert.Equal(await first, await second);
    }

    [Fact]
    public async Task A_refusal_is_thrown_to_who_sent_the_message()
    {
        var sent = _socket.SendAsync(new SendMessageRequest { Content = "one", ClientId = "a" }, stop: Stop);

        await AnswerAsync(ChatFrameTypes.Error, new FrameError { Code = "chat.thread_required", Detail = "Where?", ClientId = "a" });

        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => sent);
        Assert.Equal("chat.thread_required", refused.Problem.Code);
    }

    [Fact]
    public async Task What_nobody_waits_for_is_read_as_it_comes()
    {
        await AnswerAsync(ChatFrameTypes.Error, new FrameError { Code = "chat.frame_invalid", Detail = "What?" });
        await _server.SendAsync("not a frame"u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        await _server.SendAsync("""{"type":"ack","timestamp":"2026-01-01T00:00:00Z","data":7}"""u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        await AnswerAsync(ChatFrameTypes.Typing, new { });
        await _server.CloseOutputAsync((WebSocketCloseStatus)ChatCloseCodes.NotAllowed, "Gone.", Stop);

        var types = new List<string>();
        await foreach (var frame in _socket.ReadAllAsync(Stop))
            types.Add(frame.Type);

        Assert.Equal(["error", "ack", "typing"], types);
        Assert.Equal(new SocketClose(4403, "Gone."), await _socket.Closed);
    }

    [Fact]
    public async Task Whoever_waits_learns_that_the_socket_closed()
    {
        var (sent, ping) = (_socket.SendAsync(new SendMessageRequest { Content = "one" }, stop: Stop), _socket.PingAsync(Stop));

        await _server.CloseOutputAsync((WebSocketCloseStatus)ChatCloseCodes.TooSlow, "Slow.", Stop);

        Assert.Equal(4409, (await Assert.ThrowsAsync<ChatClosedException>(() => sent)).Close.Code);
        await Assert.ThrowsAsync<ChatClosedException>(() => ping);
        await Assert.ThrowsAsync<ChatClosedException>(() => _socket.PingAsync(Stop));
    }

    [Fact]
    public async Task A_connection_lost_without_a_word_says_1006()
    {
        _server.Abort();

        Assert.Equal(1006, (await _socket.Closed.WaitAsync(Stop)).Code);
    }

    [Fact]
    public async Task A_ping_given_up_does_not_take_the_next_ones_answer()
    {
        using var impatient = new CancellationTokenSource();
        var given = _socket.PingAsync(impatient.Token);
        await ReceiveAsync();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        var next = _socket.PingAsync(Stop);
        await ReceiveAsync();

        await AnswerAsync(ChatFrameTypes.Pong, new { });
        Assert.False(next.IsCompleted);
        await AnswerAsync(ChatFrameTypes.Pong, new { });

        await next;
    }

    private Task AcknowledgeAsync(string clientId, long sequence) =>
        AnswerAsync(ChatFrameTypes.Ack, new Acknowledgement { ClientId = clientId, Id = Guid.Empty, SequenceNumber = sequence });

    private Task AnswerAsync<T>(string type, T data)
    {
        var frame = new ServerFrame { Type = type, Timestamp = default, Data = JsonSerializer.SerializeToElement(data, CrossAuditJson.Options) };
        return _server.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame, CrossAuditJson.Options), WebSocketMessageType.Text, true, Stop);
    }

    private async Task<ClientFrame> ReceiveAsync()
    {
        var buffer = new byte[4096];
        var received = await _server.ReceiveAsync(buffer, Stop);
        return JsonSerializer.Deserialize<ClientFrame>(buffer.AsSpan(0, received.Count), CrossAuditJson.Options)!;
    }
}
