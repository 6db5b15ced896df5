using System.Text.Json;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>Tells all nodes what happened in a thread. Call it after the commit: a frame may be lost, the row may not.</summary>
internal sealed class ChatBroadcast(IMessageBus bus, TimeProvider clock)
{
    public const string Topic = "chat";

    // A frame carries what its type has and leaves out the rest; a message in it is whole.
    private static readonly JsonSerializerOptions FrameOptions = new(CrossAuditJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="attachments">All documents of the message: who hears it is told of those that they may read.</param>
    public ValueTask MessageAsync(string type, Audience audience, MessageView message, IReadOnlyList<HeardAttachment> attachments) => PublishAsync(
        audience, type == ChatFrameTypes.Message ? message.SequenceNumber : 0,
        new ServerFrame { Type = type, ThreadId = message.ThreadId, UserId = message.UserId, Data = ToElement(message with { Attachments = [] }), Timestamp = clock.GetUtcNow() },
        attachments);

    /// <summary>Somebody has come into a thread, or left it.</summary>
    public ValueTask ParticipantAsync(string type, Audience audience, Guid userId) =>
        PublishAsync(audience, 0, new ServerFrame { Type = type, ThreadId = audience.ThreadId, UserId = userId, Timestamp = clock.GetUtcNow() });

    public ValueTask TypingAsync(Audience audience, Guid userId, bool isTyping) => PublishAsync(
        audience, 0, new ServerFrame { Type = ChatFrameTypes.Typing, ThreadId = audience.ThreadId, UserId = userId, IsTyping = isTyping, Timestamp = clock.GetUtcNow() });

    public ValueTask ReadAsync(Audience audience, Guid userId, long sequenceNumber) => PublishAsync(
        audience, 0, new ServerFrame { Type = ChatFrameTypes.Read, ThreadId = audience.ThreadId, UserId = userId, SequenceNumber = sequenceNumber, Timestamp = clock.GetUtcNow() });

    /// <summary>Has every socket on the thread allowed anew: somebody may have lost access.</summary>
    public ValueTask AccessWithdrawnAsync(Guid organizationId, Guid threadId) =>
        bus.PublishAsync(Topic, new LiveFrame(organizationId, threadId, 0, 0, null, null, default).ToMessage());

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, CrossAuditJson.Options);

    public static byte[] ToJson(ServerFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, FrameOptions);

    private ValueTask PublishAsync(Audience audience, long sequenceNumber, ServerFrame frame, IReadOnlyList<HeardAttachment>? attachments = null)
    {
        var live = new LiveFrame(audience.OrganizationId, audience.ThreadId, sequenceNumber, audience.LastSequence, audience.DepartmentId, audience.People, ToJson(frame))
        {
            Attachments = attachments is { Count: > 0 } ? JsonSerializer.SerializeToUtf8Bytes(attachments, CrossAuditJson.Options) : default,
        };
        return bus.PublishAsync(Topic, live.ToMessage());
    }
}
