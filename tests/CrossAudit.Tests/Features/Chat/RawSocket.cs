using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>A socket that sends what no typed client would, and reads only when asked to.</summary>
internal sealed class RawSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    /// <summary>Whether frames of people who come and go, which come at any time, are read too.</summary>
    public bool HearsPresence { get; set; }

    /// <summary>How it was closed; null while it is open.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    public static async Task<RawSocket> OpenAsync(RunningServer server, Guid? thread, string query = "", string? bearer = null)
    {
        var raw = new RawSocket();
        if (bearer is not null)
            raw._socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        var address = new UriBuilder(new Uri(server.Address, $"api/chat/ws{(thread is null ? "" : $"/{thread}")}{query}")) { Scheme = "ws" };
        await raw._socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        return raw;
    }

    /// <summary>Opens a socket as this person and waits until it listens.</summary>
    public static async Task<RawSocket> OpenAsync(RunningServer server, Person person, Guid? thread)
    {
        var raw = await OpenAsync(server, thread, bearer: person.Session.AccessToken);
        await raw.ListensAsync();
        return raw;
    }

    public async Task ListensAsync()
    {
        await SendAsync("""{"type":"ping"}""");
        await UntilAsync(frame => frame.Type == ChatFrameTypes.Pong);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next frame; null once the socket is closed.</summary>
    public async Task<ServerFrame?> ReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            whole.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            var frame = JsonSerializer.Deserialize<ServerFrame>(whole.ToArray(), CrossAuditJson.Options)!;
            if (frame.Type != ChatFrameTypes.Presence || HearsPresence)
                return frame;
            whole.SetLength(0);
        }
    }

    /// <summary>Reads until a frame is as wanted, and answers all that came before it too.</summary>
    public async Task<List<ServerFrame>> UntilAsync(Predicate<ServerFrame> isWanted)
    {
        var frames = new List<ServerFrame>();
        while (frames.Count == 0 || !isWanted(frames[^1]))
            frames.Add(await ReadAsync() ?? throw new InvalidOperationException($"The socket was closed with {CloseCode}."));
        return frames;
    }

    /// <summary>Reads up to the close, and answers its code.</summary>
    public async Task<int?> UntilClosedAsync()
    {
        while (await ReadAsync() is not null)
        {
            // What was under way.
        }
        return CloseCode;
    }

    public async Task<FrameError> ErrorToAsync(string frame)
    {
        await SendAsync(frame);
        return (await UntilAsync(f => f.Type == ChatFrameTypes.Error))[^1].As<FrameError>();
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>What people do in chat tests.</summary>
internal static class Chatting
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ThreadView> OpenThreadAsync(this Person person, bool isPrivate = false, params Guid[] participants) =>
        (await person.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "A thread", IsPrivate = isPrivate, Participants = participants }, Stop)).Value;

    public static Task<MessageView> SayAsync(this Person person, Guid thread, string content, string? clientId = null) =>
        person.Client.Chat.SendAsync(thread, new SendMessageRequest { Content = content, ClientId = clientId }, Stop);
}
