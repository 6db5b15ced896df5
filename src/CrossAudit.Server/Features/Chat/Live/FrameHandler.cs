using System.ComponentModel.DataAnnotations;
using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>Does what a client's frames ask: each is a unit of work of its own, done as the socket's actor. A bad frame is answered, it does not close.</summary>
internal sealed partial class FrameHandler(ActorAuthenticator authenticator, ActorScopes scopes, Origin origin, IPAddress? from, TimeProvider clock, ILogger logger)
{
    private const int ReplayPage = 200;

    public async Task HandleAsync(ChatConnection connection, ClientFrame? frame, CancellationToken stop)
    {
        try
        {
            await (frame?.Type switch
            {
                ChatFrameTypes.Message => MessageAsync(connection, frame, stop),
                ChatFrameTypes.Typing => TypingAsync(connection, frame, stop),
                ChatFrameTypes.Read => ReadAsync(connection, frame, stop),
                ChatFrameTypes.Resume => ResumeAsync(connection, frame, stop),
                ChatFrameTypes.Auth => RenewAsync(connection, frame, stop),
                ChatFrameTypes.Ping => connection.SendAsync(Frame(ChatFrameTypes.Pong, frame.ThreadId), stop).AsTask(),
                _ => RefuseAsync(connection, ErrorCodes.FrameInvalid, "A frame is a JSON object with a known type.", stop),
            });
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not System.Threading.Channels.ChannelClosedException)
        {
            LogFault(logger, frame?.Type, fault);
            await RefuseAsync(connection, ErrorCodes.ServerFault, "The server failed on this frame. Nothing was stored; try again.", stop, frame?.Data?.ClientId);
        }
    }

    private async Task MessageAsync(ChatConnection connection, ClientFrame frame, CancellationToken stop)
    {
        var clientId = frame.Data?.ClientId;
        if (ThreadOf(connection, frame) is not { } thread || frame.Data is not { } data)
        {
            await RefuseAsync(connection, ErrorCodes.ThreadRequired, "Say in which thread: thread_id, and the message as data.", stop, clientId);
            return;
        }
        var request = new SendMessageRequest { Content = data.Content, ContentType = data.ContentType, ParentMessageId = data.ParentMessageId, ClientId = clientId, Attachments = data.Attachments, Mentions = data.Mentions };
        var invalid = new List<ValidationResult>();
        if (!Validator.TryValidateObject(request, new ValidationContext(request), invalid, validateAllProperties: true))
        {
            await RefuseAsync(connection, ErrorCodes.RequestInvalid, $"{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(invalid[0].MemberNames.FirstOrDefault() ?? "")}: {invalid[0].ErrorMessage}", stop, clientId);
            return;
        }
        await using var scope = Begin(connection);
        switch (await scope.ServiceProvider.GetRequiredService<MessageService>().SendAsync(thread, request, stop))
        {
            case ChatOutcome.MessageDone({ View: var message }, _):
                var ack = new Acknowledgement { ClientId = clientId, Id = message.Id, SequenceNumber = message.SequenceNumber };
                await connection.SendAsync(Frame(ChatFrameTypes.Ack, thread) with { Data = ChatBroadcast.ToElement(ack) }, stop);
                break;
            case var refused:
                var (code, detail) = ChatRefusals.Of(refused);
                await RefuseAsync(connection, code, detail, stop, clientId, thread);
                break;
        }
    }

    private async Task TypingAsync(ChatConnection connection, ClientFrame frame, CancellationToken stop)
    {
        await using var scope = Begin(connection);
        if (ThreadOf(connection, frame) is not { } thread)
            await RefuseAsync(connection, ErrorCodes.ThreadRequired, "Say in which thread: thread_id.", stop);
        else if (!await scope.ServiceProvider.GetRequiredService<MessageService>().TypingAsync(thread, frame.IsTyping ?? true, stop))
            await RefuseAsync(connection, ErrorCodes.NotFound, "There is no such thread.", stop, thread: thread);
    }

    private async Task ReadAsync(ChatConnection connection, ClientFrame frame, CancellationToken stop)
    {
        await using var scope = Begin(connection);
        if (ThreadOf(connection, frame) is not { } thread || frame.SequenceNumber is not >= 0
            || !await scope.ServiceProvider.GetRequiredService<MessageService>().MarkReadAsync(thread, frame.SequenceNumber.Value, stop))
            await RefuseAsync(connection, ErrorCodes.FrameInvalid, "Say which thread was read, and up to which sequence_number.", stop);
    }

    private async Task ResumeAsync(ChatConnection connection, ClientFrame frame, CancellationToken stop)
    {
        if (ThreadOf(connection, frame) is not { } thread || frame.After is not { } after || after < 0)
        {
            await RefuseAsync(connection, ErrorCodes.FrameInvalid, "Say which thread to resume, and after which sequence number.", stop);
            return;
        }
        connection.BeginReplay(thread);
        try
        {
            await using var scope = Begin(connection);
            var messages = scope.ServiceProvider.GetRequiredService<MessageService>();
            var recovered = await messages.HasAllAfterAsync(thread, after, stop);
            IReadOnlyList<MessageView> items;
            do
            {
                if (await messages.ListAsync(thread, new PageRequest(ReplayPage, 0), null, after, stop) is not { } page)
                {
                    await RefuseAsync(connection, ErrorCodes.NotFound, "There is no such thread.", stop, thread: thread);
                    return;
                }
                items = page.Items;
                foreach (var message in items)
                    await connection.SendAsync(Frame(ChatFrameTypes.Message, thread) with { UserId = message.UserId, Data = ChatBroadcast.ToElement(message) }, stop);
                after = items.Count > 0 ? items[^1].SequenceNumber : after;
            }
            while (items.Count > 0);
            await connection.SendAsync(Frame(ChatFrameTypes.Resumed, thread) with { Recovered = recovered }, stop);
        }
        finally
        {
            connection.EndReplay(thread, after);
        }
    }

    private async Task RenewAsync(ChatConnection connection, ClientFrame frame, CancellationToken stop)
    {
        // The same person, or it would be another's socket; and one who could open it today.
        if (frame.Token is { } token && await authenticator.AuthenticateAsync(token, from, stop) is { } actor
            && actor.Id == connection.Actor.Id && actor.OrganizationId == connection.Actor.OrganizationId
            && actor.Access.AllowsSomewhere(Permissions.ChatRead))
            connection.Renew(actor);
        else
            await RefuseAsync(connection, ErrorCodes.Unauthenticated, "The token is not valid for whoever opened this socket.", stop);
    }

    private AsyncServiceScope Begin(ChatConnection connection) => scopes.Begin(connection.Actor, origin);

    private ServerFrame Frame(string type, Guid? thread) => new() { Type = type, ThreadId = thread, Timestamp = clock.GetUtcNow() };

    private Task RefuseAsync(ChatConnection connection, string code, string detail, CancellationToken stop, string? clientId = null, Guid? thread = null) =>
        connection.SendAsync(Frame(ChatFrameTypes.Error, thread ?? connection.ThreadId) with { Data = ChatBroadcast.ToElement(new FrameError { Code = code, Detail = detail, ClientId = clientId }) }, stop).AsTask();

    private static Guid? ThreadOf(ChatConnection connection, ClientFrame frame) => connection.ThreadId ?? frame.ThreadId ?? frame.Data?.ThreadId;

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Type} frame failed")]
    private static partial void LogFault(ILogger logger, string? type, Exception cause);
}
