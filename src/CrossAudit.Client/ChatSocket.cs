using System.Net.WebSockets;
using System.Threading.Channels;
using CrossAudit.Contracts.Chat;

namespace CrossAudit.Client;

/// <summary>An open socket: sends frames, waits for their answers, and hands out the others as they come.</summary>
public sealed class ChatSocket : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly FrameStream _frames;
    private readonly PendingAnswers _pending = new();
    private readonly Channel<ServerFrame> _incoming = Channel.CreateUnbounded<ServerFrame>(new UnboundedChannelOptions { SingleWriter = true });

    /// <summary>Speaks over a WebSocket that is connected already; from now on it is this object's.</summary>
    public ChatSocket(WebSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _frames = new FrameStream(socket);
        Closed = ListenAsync();
    }

    /// <summary>Completes when the socket has ended, and tells how. It never fails.</summary>
    public Task<SocketClose> Closed { get; }

    /// <summary>Sends a message and waits until it is stored.</summary>
    /// <param name="message">The message; where it has no <c>client_id</c> it gets one.</param>
    /// <param name="threadId">The thread, on the socket of all threads.</param>
    /// <param name="stop">Gives up waiting; the message may be stored all the same.</param>
    /// <exception cref="CrossAuditException">The message was refused.</exception>
    /// <exception cref="ChatClosedException">The socket closed before an answer came.</exception>
    public async Task<Acknowledgement> SendAsync(SendMessageRequest message, Guid? threadId = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var clientId = message.ClientId ?? Guid.CreateVersion7().ToString();
        var frame = new ClientFrame
        {
            Type = ChatFrameTypes.Message,
            ThreadId = threadId,
            Data = new ClientMessage { Content = message.Content, ContentType = message.ContentType, ParentMessageId = message.ParentMessageId, ClientId = clientId, Attachments = message.Attachments, Mentions = message.Mentions },
        };
        var acknowledged = await AskAsync(frame, () => _pending.ForMessage(clientId), stop);
        return await acknowledged.WaitAsync(stop);
    }

    /// <summary>Tells the others that one is, or is no longer, writing.</summary>
    public Task TypingAsync(bool isTyping = true, Guid? threadId = null, CancellationToken stop = default) =>
        WriteAsync(new ClientFrame { Type = ChatFrameTypes.Typing, ThreadId = threadId, IsTyping = isTyping }, stop);

    /// <summary>Says how far one has read.</summary>
    public Task MarkReadAsync(long sequenceNumber, Guid? threadId = null, CancellationToken stop = default) =>
        WriteAsync(new ClientFrame { Type = ChatFrameTypes.Read, ThreadId = threadId, SequenceNumber = sequenceNumber }, stop);

    /// <summary>Asks for what came in a thread after a sequence number; it comes as <c>message</c> frames and ends with <c>resumed</c>.</summary>
    public Task ResumeAsync(Guid threadId, long after, CancellationToken stop = default) =>
        WriteAsync(new ClientFrame { Type = ChatFrameTypes.Resume, ThreadId = threadId, After = after }, stop);

    /// <summary>Asks whether the server is there, and waits until it says so.</summary>
    public async Task PingAsync(CancellationToken stop = default)
    {
        var answered = await AskAsync(new ClientFrame { Type = ChatFrameTypes.Ping }, _pending.ForPing, stop);
        await answered.WaitAsync(stop);
    }

    /// <summary>Signs the socket in, or goes on with a fresh access token before the old one expires. Only a refusal is answered, by an <c>error</c> frame.</summary>
    public Task RenewAsync(string accessToken, CancellationToken stop = default) =>
        WriteAsync(new ClientFrame { Type = ChatFrameTypes.Auth, Token = accessToken }, stop);

    /// <summary>
    /// Frames as they come, without the answers that somebody waits for; it ends when the socket does. They are kept in memory until read,
    /// and each goes to one reader.
    /// </summary>
    public IAsyncEnumerable<ServerFrame> ReadAllAsync(CancellationToken stop = default) => _incoming.Reader.ReadAllAsync(stop);

    /// <summary>Closes the socket, and waits until the server has closed it too.</summary>
    public async Task<SocketClose> CloseAsync(CancellationToken stop = default)
    {
        await _frames.CloseAsync(stop);
        return await Closed.WaitAsync(stop);
    }

    /// <summary>Closes the socket; a server that does not answer in time is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        await ((Task)CloseAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _frames.Abort();
        await Closed;
        _frames.Dispose();
    }

    private async Task WriteAsync(ClientFrame frame, CancellationToken stop) => await AskAsync(frame, () => Task.CompletedTask, stop);

    /// <summary>Sends a frame, and answers what waits for its answer.</summary>
    private async Task<T> AskAsync<T>(ClientFrame frame, Func<T> expect, CancellationToken stop)
        where T : Task
    {
        try
        {
            return await _frames.WriteAsync(frame, expect, stop);
        }
        catch (Exception gone) when (gone is WebSocketException or InvalidOperationException)
        {
            throw new ChatClosedException(_frames.Ending, gone);
        }
    }

    private async Task<SocketClose> ListenAsync()
    {
        Exception? cause = null;
        try
        {
            while (await _frames.ReadAsync() is { } frame)
                if (!_pending.Settle(frame))
                    _incoming.Writer.TryWrite(frame);
            await _frames.CloseAsync(CancellationToken.None);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            cause = lost;
        }
        var ending = _frames.Ending;
        _pending.End(new ChatClosedException(ending, cause));
        _incoming.Writer.TryComplete();
        return ending;
    }
}
