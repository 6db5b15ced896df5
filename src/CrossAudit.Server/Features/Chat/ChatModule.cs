using System.ComponentModel;
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
using Microsoft.AspNetCore.Mvc;

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
        .AddScoped<MessageRules>()
        .AddScoped<MessageViews>()
        .AddScoped<MessageSearch>()
        .AddScoped<MessageHistory>()
        .AddScoped<MentionMail>()
        .AddScoped<ReactionService>()
        .AddScoped<DirectThreads>()
        .AddSingleton<ChatBroadcast>()
        .AddSingleton<ChatHub>()
        .AddSingleton<Presence>()
        .AddHostedService(services => services.GetRequiredService<Presence>())
        .AddSingleton<ChatSocket>();

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/api/chat").WithTags("Chat");

        chat.MapPost("/threads", CreateThread).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.PersonRequired).Refuses(400, ErrorCodes.ParticipantNotMember).Refuses(409, ErrorCodes.DepartmentUnknown);
        chat.MapPost("/threads/direct", OpenDirect).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.PersonRequired).Refuses(400, ErrorCodes.ParticipantNotMember);
        chat.MapGet("/threads", ListThreads).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/threads/{id:guid}", GetThread).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/threads/{id:guid}", UpdateThread).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.DepartmentUnknown, ErrorCodes.ThreadIsDirect, ErrorCodes.Conflict);
        chat.MapDelete("/threads/{id:guid}", DeleteThread).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.ThreadIsDirect, ErrorCodes.Conflict);
        chat.MapPost("/threads/{id:guid}/participants/{userId:guid}", AddParticipant).RequirePermission(Permissions.ChatWrite).Refuses(400, ErrorCodes.ParticipantNotMember).Refuses(409, ErrorCodes.ThreadIsDirect);
        chat.MapDelete("/threads/{id:guid}/participants/{userId:guid}", RemoveParticipant).RequirePermission(Permissions.ChatWrite).Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.ThreadIsDirect);
        chat.MapPost("/threads/{id:guid}/messages", Send).WithName("chat_send_message").RequirePermission(Permissions.ChatWrite)
            .Refuses(400, ErrorCodes.ParentNotInThread, ErrorCodes.MentionNotReader, ErrorCodes.AttachmentUnknown).Refuses(409, ErrorCodes.ThreadArchived, ErrorCodes.LabelAboveThread);
        chat.MapGet("/threads/{id:guid}/messages", ListMessages).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/threads/{id:guid}/read", MarkRead).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/messages/{id:guid}/replies", ListReplies).RequirePermission(Permissions.ChatRead);
        chat.MapGet("/messages/{id:guid}", GetMessage).RequirePermission(Permissions.ChatRead);
        chat.MapPut("/messages/{id:guid}", Edit).WithName("chat_edit_message").RequirePermission(Permissions.ChatWrite)
            .Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.ThreadArchived, ErrorCodes.LabelAboveThread, ErrorCodes.Conflict);
        chat.MapDelete("/messages/{id:guid}", Delete).WithName("chat_delete_message").RequirePermission(Permissions.ChatWrite)
            .Refuses(403, ErrorCodes.NotAuthor).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.Conflict);

        chat.MapGet("/messages/{id:guid}/history", History).WithName("chat_message_history").RequirePermission(Permissions.ChatModerate);
        chat.MapPut("/messages/{id:guid}/reactions/{reaction}", React).RequirePermission(Permissions.ChatWrite).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.ThreadArchived, ErrorCodes.TooManyReactions);
        chat.MapDelete("/messages/{id:guid}/reactions/{reaction}", TakeReactionBack).RequirePermission(Permissions.ChatWrite).Refuses(409, ErrorCodes.MessageDeleted, ErrorCodes.ThreadArchived);
        chat.MapGet("/search", Search).WithName("chat_search").RequirePermission(Permissions.ChatRead);

        chat.MapGet("/presence", ListPresence).RequirePermission(Permissions.ChatRead);

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

    /// <summary>Opens the conversation of two people, or finds it: there is one for each pair.</summary>
    internal static async Task<Results<CreatedEntityResult<ThreadView>, EntityResult<ThreadView>, ProblemHttpResult>> OpenDirect(DirectThreadRequest request, DirectThreads threads, CancellationToken stop) =>
        await threads.OpenAsync(request.UserId!.Value, stop) switch
        {
            (null, _, ChatOutcome.ParticipantNotMember refused) => Problems.InvalidField("user_id", ChatRefusals.Of(refused).Detail, ErrorCodes.ParticipantNotMember),
            ({ } thread, true, _) => thread.CreatedAt($"/api/chat/threads/{thread.View.Id}"),
            ({ } thread, false, _) => thread.Answer(),
            var (_, _, refused) => Refuse(refused ?? new ChatOutcome.Missing(), request.UserId.Value),
        };

    /// <summary>Lists the threads one may read, newest first.</summary>
    /// <param name="archived">Those that are archived, instead of those in use.</param>
    internal static async Task<Ok<Envelope<IReadOnlyList<ThreadView>>>> ListThreads(
        HttpContext http, ThreadService threads, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null, bool archived = false)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await threads.ListAsync(page, archived, stop)).Answer(http, page);
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
            ChatOutcome.Missing => Problems.NotFound("thread", id),
            var refused => Refuse(refused, id),
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

    /// <summary>Lists what a message said before it was edited or deleted, the oldest first.</summary>
    /// <remarks>For moderators of where the thread stands, and within what they may read. Each reading is an event.</remarks>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<MessageRevisionView>>>, ProblemHttpResult>> History(
        Guid id, HttpContext http, MessageHistory history, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        var (found, refused) = await history.ReadAsync(id, page, stop);
        return refused switch
        {
            null => found!.Answer(http, page),
            ChatOutcome.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "This needs the permission chat.moderate where the thread is."),
            _ => Problems.NotFound("message", id),
        };
    }

    /// <summary>Reacts to a message, with an emoji or a short word.</summary>
    /// <param name="reaction">The emoji or word, up to 32 characters.</param>
    internal static async Task<MessageResult> React(Guid id, [Text(32, MinLength = 1)] string reaction, ReactionService reactions, CancellationToken stop) => Shown(await reactions.AddAsync(id, reaction, stop), id);

    /// <summary>Takes one's reaction back.</summary>
    /// <param name="reaction">The emoji or word.</param>
    internal static async Task<MessageResult> TakeReactionBack(Guid id, [Text(32, MinLength = 1)] string reaction, ReactionService reactions, CancellationToken stop) => Shown(await reactions.RemoveAsync(id, reaction, stop), id);

    /// <summary>Lists who has a socket open, on any node.</summary>
    /// <remarks>Sockets hear by <c>presence</c> frames who comes and goes.</remarks>
    internal static Ok<Envelope<IReadOnlyList<PresenceView>>> ListPresence(
        HttpContext http, Actor actor, Presence presence, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        var people = presence.Of(actor.OrganizationId);
        return new Page<PresenceView>([.. people.Skip(offset).Take(limit).Select(person => new PresenceView { UserId = person })], people.Count).Answer(http, page);
    }

    /// <summary>Finds messages by their words, newest first.</summary>
    /// <remarks>All words have to be there, in any form; quotes mean a phrase as it was written, a leading <c>-</c> excludes. What one may not read is not found.</remarks>
    /// <param name="q">What to look for.</param>
    internal static async Task<Ok<Envelope<IReadOnlyList<MessageView>>>> Search(
        [Required, Text(500, MinLength = 1)] string q, HttpContext http, MessageSearch search, CancellationToken stop,
        [FromQuery(Name = "thread_id"), Description("Only in this thread.")] Guid? thread = null, [FromQuery(Name = "user_id"), Description("Only of this sender.")] Guid? user = null,
        [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await search.FindAsync(new MessageFilter(q, thread, user), page, stop)).Answer(http, page);
    }

    private static MessageResult Shown(ChatOutcome outcome, Guid id) => outcome is ChatOutcome.MessageDone(var message, _) ? message.Answer() : Refuse(outcome, id);

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

    private static ProblemHttpResult Refuse(ChatOutcome outcome, Guid id) => outcome switch
    {
        ChatOutcome.Stale => Problems.Stale("thread or message"),
        ChatOutcome.Lost => Problems.LostRace("thread or message"),
        ChatOutcome.NotAllowed or ChatOutcome.NotAuthor or ChatOutcome.PersonRequired => Forbidden(outcome),
        ChatOutcome.HtmlTooComplex => Invalid("content", outcome),
        ChatOutcome.ParentNotInThread => Invalid("parent_message_id", outcome),
        ChatOutcome.MentionNotReader => Invalid("mentions", outcome),
        ChatOutcome.AttachmentUnknown => Invalid("attachments", outcome),
        ChatOutcome.ParticipantNotMember => Invalid("participants", outcome),
        ChatOutcome.Missing => Problems.NotFound("thread, message or participant", id),
        _ => Conflict(outcome),
    };

    private static ProblemHttpResult Forbidden(ChatOutcome outcome) => ChatRefusals.Of(outcome) switch { var (code, detail) => Problems.Forbidden(code, detail) };

    private static ProblemHttpResult Conflict(ChatOutcome outcome) => ChatRefusals.Of(outcome) switch { var (code, detail) => Problems.Conflict(code, detail) };

    private static ProblemHttpResult Invalid(string field, ChatOutcome outcome) => ChatRefusals.Of(outcome) switch { var (code, detail) => Problems.InvalidField(field, detail, code) };
}
