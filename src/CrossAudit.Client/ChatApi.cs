using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;

namespace CrossAudit.Client;

/// <summary>Threads, their messages, and the sockets that hear of them.</summary>
public sealed class ChatApi
{
    private const string Threads = "api/chat/threads";
    private const string Messages = "api/chat/messages";

    private readonly Api _api;
    private readonly Session _session;
    private readonly Uri _server;

    internal ChatApi(Api api, Session session, Uri server) => (_api, _session, _server) = (api, session, server);

    /// <summary>Opens a thread.</summary>
    public Task<Tagged<ThreadView>> CreateThreadAsync(CreateThreadRequest request, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ThreadView>(Call.Post(Threads, request), stop);

    /// <summary>Opens the conversation with somebody, or finds it.</summary>
    public Task<Tagged<ThreadView>> OpenDirectAsync(Guid userId, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ThreadView>(Call.Post($"{Threads}/direct", new DirectThreadRequest { UserId = userId }), stop);

    /// <summary>Lists the threads one may read, newest first: those in use, or those that are archived.</summary>
    public Task<PageOf<ThreadView>> ListThreadsAsync(int? limit = null, int? offset = null, string? cursor = null, bool? archived = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<ThreadView>(new Query(Threads).Page(limit, offset, cursor).With("archived", archived), stop);

    /// <summary>Reads all threads one may read, page by page.</summary>
    public IAsyncEnumerable<ThreadView> WalkThreadsAsync(int? pageSize = null, CancellationToken stop = default) =>
        Api.WalkAsync((cursor, offset) => ListThreadsAsync(pageSize, offset, cursor, stop: stop), stop);

    /// <summary>Reads a thread.</summary>
    public Task<Tagged<ThreadView>> GetThreadAsync(Guid id, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ThreadView>(Call.Get($"{Threads}/{id}"), stop);

    /// <summary>Changes a thread: absent fields are left alone.</summary>
    public Task<Tagged<ThreadView>> UpdateThreadAsync(Guid id, UpdateThreadRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ThreadView>(Call.Put($"{Threads}/{id}", request, ifMatch), stop);

    /// <summary>Removes a thread.</summary>
    public Task<Confirmation> DeleteThreadAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Threads}/{id}", ifMatch), stop);

    /// <summary>Brings a member into a thread.</summary>
    public Task<Tagged<ThreadView>> AddParticipantAsync(Guid threadId, Guid userId, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ThreadView>(Call.Post($"{Threads}/{threadId}/participants/{userId}"), stop);

    /// <summary>Takes somebody out of a thread; anybody may leave by themselves.</summary>
    public Task<Confirmation> RemoveParticipantAsync(Guid threadId, Guid userId, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Threads}/{threadId}/participants/{userId}"), stop);

    /// <summary>Sends a message; the same <c>client_id</c> again answers the stored one.</summary>
    public Task<MessageView> SendAsync(Guid threadId, SendMessageRequest request, CancellationToken stop = default) =>
        _api.ReadAsync<MessageView>(Call.Post($"{Threads}/{threadId}/messages", request), stop);

    /// <summary>Lists a thread's messages in order.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="limit">The most messages to answer.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="before">Only messages before this sequence number, the nearest ones.</param>
    /// <param name="after">Only messages after this sequence number, the nearest ones.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<PageOf<MessageView>> ListMessagesAsync(
        Guid threadId, int? limit = null, int? offset = null, long? before = null, long? after = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<MessageView>(new Query($"{Threads}/{threadId}/messages").Page(limit, offset).With("before", before).With("after", after), stop);

    /// <summary>Reads all messages of a thread in order, page by page, also those that come while it reads.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="after">Where to begin after; 0 for the first message.</param>
    /// <param name="pageSize">How many to fetch at a time.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async IAsyncEnumerable<MessageView> WalkMessagesAsync(
        Guid threadId, long after = 0, int? pageSize = null, [EnumeratorCancellation] CancellationToken stop = default)
    {
        while (await ListMessagesAsync(threadId, pageSize, after: after, stop: stop) is { Items: { Count: > 0 } items })
        {
            foreach (var message in items)
                yield return message;
            after = items[^1].SequenceNumber;
        }
    }

    /// <summary>Lists the replies to a message in order.</summary>
    public Task<PageOf<MessageView>> ListRepliesAsync(Guid messageId, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<MessageView>(new Query($"{Messages}/{messageId}/replies").Page(limit, offset), stop);

    /// <summary>Reads a message.</summary>
    public Task<Tagged<MessageView>> GetMessageAsync(Guid messageId, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<MessageView>(Call.Get($"{Messages}/{messageId}"), stop);

    /// <summary>Edits a message, with <paramref name="ifMatch"/> only if nobody changed it since; what it said is kept.</summary>
    public Task<MessageView> EditAsync(Guid messageId, string content, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<MessageView>(Call.Put($"{Messages}/{messageId}", new EditMessageRequest { Content = content }, ifMatch), stop);

    /// <summary>Deletes a message, with <paramref name="ifMatch"/> only if nobody changed it since; a tombstone stays in its place.</summary>
    public Task<Confirmation> DeleteAsync(Guid messageId, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Messages}/{messageId}", ifMatch), stop);

    /// <summary>Lists what a message said before it was edited or deleted, the oldest first; for moderators.</summary>
    public Task<PageOf<MessageRevisionView>> ListHistoryAsync(Guid messageId, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<MessageRevisionView>(new Query($"{Messages}/{messageId}/history").Page(limit, offset), stop);

    /// <summary>Reacts to a message, with an emoji or a short word.</summary>
    public Task<Tagged<MessageView>> ReactAsync(Guid messageId, string reaction, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<MessageView>(Call.Put($"{Messages}/{messageId}/reactions/{Uri.EscapeDataString(reaction)}"), stop);

    /// <summary>Takes one's reaction back.</summary>
    public Task<Tagged<MessageView>> TakeReactionBackAsync(Guid messageId, string reaction, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<MessageView>(Call.Delete($"{Messages}/{messageId}/reactions/{Uri.EscapeDataString(reaction)}"), stop);

    /// <summary>Finds messages by their words, newest first.</summary>
    public Task<PageOf<MessageView>> SearchAsync(
        string query, Guid? threadId = null, Guid? userId = null, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<MessageView>(new Query("api/chat/search").With("q", query).With("thread_id", threadId).With("user_id", userId).Page(limit, offset, cursor), stop);

    /// <summary>Lists who of the organization has a socket open.</summary>
    public Task<PageOf<PresenceView>> ListPresenceAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<PresenceView>(new Query("api/chat/presence").Page(limit, offset), stop);

    /// <summary>Moves one's read mark forward.</summary>
    public Task<Confirmation> MarkReadAsync(Guid threadId, long sequenceNumber, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Put($"{Threads}/{threadId}/read", new MarkReadRequest { SequenceNumber = sequenceNumber }), stop);

    /// <summary>Opens a socket that hears of a thread, or of every thread one may read.</summary>
    /// <remarks>The server says by <see cref="ChatSocket.Closed"/> if it does not let the socket in.</remarks>
    /// <param name="threadId">The thread; null for all of them.</param>
    /// <param name="stop">Gives up connecting; the socket that was opened goes on.</param>
    public async Task<ChatSocket> ConnectAsync(Guid? threadId = null, CancellationToken stop = default)
    {
        var token = (await _session.CurrentAsync(stop))?.Tokens.AccessToken;
        var address = new UriBuilder(new Uri(_server, threadId is null ? "api/chat/ws" : $"api/chat/ws/{threadId}"));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        var socket = new ClientWebSocket();
        try
        {
            // A browser sends no header with an upgrade, and in the address a token would end up in logs: there it goes as the first frame.
            if (token is not null && !OperatingSystem.IsBrowser())
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(address.Uri, stop);
            var chat = new ChatSocket(socket);
            if (token is not null && OperatingSystem.IsBrowser())
                await chat.RenewAsync(token, stop);
            return chat;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
