using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Chat;

using MessageResult = Results<EntityResult<MessageView>, ProblemHttpResult>;
using ThreadResult = Results<EntityResult<ThreadView>, ProblemHttpResult>;

/// <summary>Threads, messages, and the sockets that hear of them.</summary>
internal static class ChatModule
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddSingleton(ChatDescription.Area)
        .AddScoped<IOrganizationData, ChatData>()
        .AddSingleton<IPlacedResource, PlacedThreads>()
        .AddScoped<ThreadService>()
        .AddScoped<MessageService>()
        .AddSingleton<ChatBroadcast>()
        .AddSingleton<ChatHub>()
        .AddSingleton<ChatSocket>();

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/api/chat").WithTags("Chat");

        chat.MapPost("/threads", CreateThread).RequirePermission(Permissions.ChatWrite).Refuses(400, ErrorCodes.ParticipantNotMember).Refuses(409, ErrorCodes.DepartmentUnknown);
        chat.MapGet("/threads", ListThreads).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/threads/{id:guid}", GetThread).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/threads/{id:guid}", UpdateThread).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.DepartmentUnknown, ErrorCodes.Conflict);
        chat.MapDelete("/threads/{id:guid}", DeleteThread).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.Conflict);
        chat.MapPost("/threads/{id:guid}/participants/{userId:guid}", AddParticipant).RequirePermission(Permissions.ChatWrite).Refuses(400, ErrorCodes.ParticipantNotMember);
        chat.MapDelete("/threads/{id:guid}/participants/{userId:guid}", RemoveParticipant).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor);
        chat.MapPost("/threads/{id:guid}/messages", Send).WithName("chat_send_message").RequirePermission(Permissions.ChatWrite).Refuses(400, ErrorCodes.ParentNotInThread);
        chat.MapGet("/threads/{id:guid}/messages", ListMessages).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/threads/{id:guid}/read", MarkRead).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/messages/{id:guid}/replies", ListReplies).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/messages/{id:guid}", GetMessage).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/messages/{id:guid}", Edit).WithName("chat_edit_message").RequirePermission(Permissions.ChatWrite)
            .Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.Conflict);
        chat.MapDelete("/messages/{id:guid}", Delete).WithName("chat_delete_message").RequirePermission(Permissions.ChatWrite)
            .Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.Conflict);

        // The socket signs in by itself: a browser can send no header with an upgrade.
        chat.MapGet("/ws", (HttpContext http, ChatSocket socket) => Upgrade(http, socket, null)).AllowAnonymous().Uncounted().ExcludeFromDescription();
        chat.MapGet("/ws/{threadId:guid}", (Guid threadId, HttpContext http, ChatSocket socket) => Upgrade(http, socket, threadId)).AllowAnonymous().Uncounted().ExcludeFromDescription();
    }

    /// <summary>Opens a thread.</summary>
    internal static async Task<Results<CreatedEntityResult<ThreadView>, ProblemHttpResult>> CreateThread(CreateThreadRequest request, ThreadService threads, CancellationToken stop) =>
        await threads.CreateAsync(request, stop) switch
        {
            ChatOutcome.ThreadDone(var thread) => thread.CreatedAt($"/api/chat/threads/{thread.View.Id}"),
            var refused => Refuse(refused, Guid.Empty),
        };

    /// <summary>Lists the threads one may read, newest first.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<ThreadView>>>> ListThreads(
        HttpContext http, ThreadService threads, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await threads.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Reads a thread.</summary>
    internal static async Task<ThreadResult> GetThread(Guid id, ThreadService threads, CancellationToken stop) =>
        await threads.FindAsync(id, stop) is { } thread ? thread.Answer() : Problems.NotFound("thread", id);

    /// <summary>Changes a thread: whoever opened it, or a moderator.</summary>
    internal static async Task<ThreadResult> UpdateThread(Guid id, UpdateThreadRequest request, IfMatch ifMatch, ThreadService threads, CancellationToken stop) =>
        Answer(await threads.UpdateAsync(id, request, ifMatch, stop), id);

    /// <summary>Removes a thread: whoever opened it, or a moderator.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> DeleteThread(Guid id, IfMatch ifMatch, ThreadService threads, CancellationToken stop) =>
        Removed(await threads.DeleteAsync(id, ifMatch, stop), id, "The thread was removed.");

    /// <summary>Brings a member into a thread.</summary>
    internal static async Task<ThreadResult> AddParticipant(Guid id, Guid userId, ThreadService threads, CancellationToken stop) =>
        Answer(await threads.AddParticipantAsync(id, userId, stop), id);

    /// <summary>Takes somebody out of a thread; anybody may leave by themselves.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RemoveParticipant(Guid id, Guid userId, ThreadService threads, CancellationToken stop) =>
        Removed(await threads.RemoveParticipantAsync(id, userId, stop), id, "The participant was removed.");

    /// <summary>Sends a message.</summary>
    /// <remarks>The same <c>client_id</c> again answers the stored message with 200 and stores nothing.</remarks>
    internal static async Task<Results<CreatedEntityResult<MessageView>, EntityResult<MessageView>, ProblemHttpResult>> Send(
        Guid id, SendMessageRequest request, MessageService messages, CancellationToken stop) =>
        await messages.SendAsync(id, request, stop) switch
        {
            ChatOutcome.MessageDone(var message, IsNew: true) => message.CreatedAt($"/api/chat/messages/{message.View.Id}"),
            ChatOutcome.MessageDone(var message, _) => message.Answer(),
            ChatOutcome.HtmlTooComplex => TooComplex(),
            ChatOutcome.NotAllowed => Refuse(new ChatOutcome.NotAllowed(), id),
            ChatOutcome.ParentNotInThread => Problems.InvalidField("parent_message_id", "The message answered to is not in this thread.", ErrorCodes.ParentNotInThread),
            _ => Problems.NotFound("thread", id),
        };

    /// <summary>Lists a thread's messages in order.</summary>
    /// <param name="before">Only messages before this sequence number: the last ones of them, still in order.</param>
    /// <param name="after">Only messages after this sequence number.</param>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<MessageView>>>, ProblemHttpResult>> ListMessages(
        Guid id, HttpContext http, MessageService messages, CancellationToken stop,
        [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null, [Range(0, long.MaxValue)] long? before = null, [Range(0, long.MaxValue)] long? after = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return await messages.ListAsync(id, page, before, after, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("thread", id);
    }

    /// <summary>Moves one's read mark forward.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> MarkRead(Guid id, MarkReadRequest request, MessageService messages, CancellationToken stop) =>
        await messages.MarkReadAsync(id, request.SequenceNumber, stop) ? Said("The thread is read.") : Problems.NotFound("thread", id);

    /// <summary>Lists the replies to a message in order.</summary>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<MessageView>>>, ProblemHttpResult>> ListReplies(
        Guid id, HttpContext http, MessageService messages, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return await messages.RepliesAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("message", id);
    }

    /// <summary>Reads a message.</summary>
    /// <remarks>Of a deleted one its place is left, without content.</remarks>
    internal static async Task<MessageResult> GetMessage(Guid id, MessageService messages, CancellationToken stop) =>
        await messages.FindAsync(id, stop) is { } message ? message.Answer() : Problems.NotFound("message", id);

    /// <summary>Edits a message: its author, or a moderator. What it said is kept.</summary>
    internal static async Task<MessageResult> Edit(Guid id, EditMessageRequest request, IfMatch ifMatch, MessageService messages, CancellationToken stop) =>
        await messages.EditAsync(id, request.Content, ifMatch, stop) switch
        {
            ChatOutcome.MessageDone(var message, _) => message.Answer(),
            var refused => Refuse(refused, id),
        };

    /// <summary>Deletes a message: its author, or a moderator. A tombstone stays in its place.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> Delete(Guid id, IfMatch ifMatch, MessageService messages, CancellationToken stop) =>
        await messages.DeleteAsync(id, ifMatch, stop) switch
        {
            ChatOutcome.MessageDone => Said("The message was deleted."),
            var refused => Refuse(refused, id),
        };

    private static async Task Upgrade(HttpContext http, ChatSocket socket, Guid? threadId)
    {
        if (http.WebSockets.IsWebSocketRequest)
            await socket.RunAsync(http, threadId);
        else
            await Problems.Of(StatusCodes.Status426UpgradeRequired, ErrorCodes.RequestRefused, "This is a WebSocket: connect to it as one.").ExecuteAsync(http);
    }

    private static ThreadResult Answer(ChatOutcome outcome, Guid id) => outcome is ChatOutcome.ThreadDone(var thread) ? thread.Answer() : Refuse(outcome, id);

    private static Results<Ok<Envelope<Confirmation>>, ProblemHttpResult> Removed(ChatOutcome outcome, Guid id, string message) => outcome is ChatOutcome.Removed ? Said(message) : Refuse(outcome, id);

    private static Ok<Envelope<Confirmation>> Said(string message) => TypedResults.Ok(Envelope.Of(new Confirmation { Message = message }));

    private static ProblemHttpResult TooComplex() => Problems.InvalidField("content", $"HTML takes at most {SafeHtml.MostTags} tags.", ErrorCodes.HtmlTooComplex);

    private static ProblemHttpResult Refuse(ChatOutcome outcome, Guid id) => outcome switch
    {
        ChatOutcome.Stale => Problems.Stale("thread or message"),
        ChatOutcome.HtmlTooComplex => TooComplex(),
        ChatOutcome.Lost => Problems.LostRace("thread or message"),
        ChatOutcome.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "This needs the permission chat.write where the thread is, or would come to be."),
        ChatOutcome.DepartmentUnknown => Problems.Conflict(ErrorCodes.DepartmentUnknown, "The organization has no such department."),
        ChatOutcome.NotAuthor => Problems.Forbidden(ErrorCodes.NotAuthor, "Only the author, or somebody with the permission chat.moderate, may do this."),
        ChatOutcome.MessageGone => Problems.Conflict(ErrorCodes.MessageDeleted, "The message was deleted."),
        ChatOutcome.ParticipantNotMember => Problems.InvalidField("participants", "Only members of the organization can take part.", ErrorCodes.ParticipantNotMember),
        _ => Problems.NotFound("thread, message or participant", id),
    };
}
