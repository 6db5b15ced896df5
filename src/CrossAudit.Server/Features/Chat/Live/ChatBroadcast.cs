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

    public ValueTask MessageAsync(string type, Audience audience, MessageView message) => PublishAsync(
        audience, type == ChatFrameTypes.Message ? message.SequenceNumber : 0,
        new ServerFrame { Type = type, ThreadId = message.ThreadId, UserId = message.UserId, Data = ToElement(message), Timestamp = clock.GetUtcNow() });

    public ValueTask TypingAsync(Audience audience, Guid userId, bool isTyping) => PublishAsync(
        audience, 0, new ServerFrame { Type = ChatFrameTypes.Typing, ThreadId = audience.ThreadId, UserId = userId, IsTyping = isTyping, Timestamp = clock.GetUtcNow() });

    public ValueTask ReadAsync(Audience audience, Guid userId, long sequenceNumber) => PublishAsync(
        audience, 0, new ServerFrame { Type = ChatFrameTypes.Read, ThreadId = audience.ThreadId, UserId = userId, SequenceNumber = sequenceNumber, Timestamp = clock.GetUtcNow() });

    /// <summary>Has every socket on the thread allowed anew: somebody may have lost access.</summary>
    public ValueTask AccessWithdrawnAsync(Guid organizationId, Guid threadId) =>
        bus.PublishAsync(Topic, new LiveFrame(organizationId, threadId, 0, 0, null, [], default).ToMessage());

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, CrossAuditJson.Options);

    public static byte[] ToJson(ServerFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, FrameOptions);

    private ValueTask PublishAsync(Audience audience, long sequenceNumber, ServerFrame frame) =>
        bus.PublishAsync(Topic, new LiveFrame(audience.OrganizationId, audience.ThreadId, sequenceNumber, audience.LastSequence, audience.DepartmentId, audience.People, ToJson(frame)).ToMessage());
}
