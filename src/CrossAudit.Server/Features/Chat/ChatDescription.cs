using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What the API description says of the chat. OpenAPI knows no sockets, so words have to do for them.</summary>
internal static class ChatDescription
{
    private const string Words = """
        Threads and messages. A private thread is 404 to those who are not in it.

        **Live**: connect a WebSocket to `/api/chat/ws/{thread_id}`, or to `/api/chat/ws` for every thread one may read. The token comes as `?token=`, as
        `Authorization`, or in a first frame `{"type": "auth", "token": "…"}` within 5 seconds. Frames are JSON text.

        A client sends `{"type": "message", "data": {"content": "…", "client_id": "…"}}`, `{"type": "typing", "is_typing": true}`,
        `{"type": "read", "sequence_number": 7}`, `{"type": "resume", "after": 7}` and `{"type": "ping"}`; on the socket of all threads with a `thread_id`.

        The server sends `message`, `message_updated`, `message_deleted`, `typing`, `read`, `join`, `leave`, `presence`, `ack`, `resumed`, `error` and `pong`, with `thread_id`, `user_id`,
        `data` and `timestamp` where they apply. A message is stored before it is sent on; its `ack` names `client_id`, `id` and `sequence_number`.

        Close codes: 4401 not signed in, 4403 not allowed (or no longer), 4404 no such thread, 4408 no first frame, 4409 too slow, 1009 a frame too large.
        """;

    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);
    private static readonly Guid Ada = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f");
    private static readonly Guid Charles = new("019a4c20-22bb-7c63-8e4f-907162534445");
    private static readonly Guid Thread = new("019a4c22-6c7d-7e8f-9a0b-1c2d3e4f5a6b");

    public static ApiArea Area { get; } = new(
        "Chat",
        Words,
        new CreateThreadRequest { Name = "Model approvals", Description = "What goes to the committee.", IsPrivate = true, Participants = [Charles] },
        new UpdateThreadRequest { Name = "Model approvals 2026" },
        new SendMessageRequest { Content = "The scoring model is ready for review.", ContentType = MessageContentType.Text, ClientId = "b7f2c1" },
        new DirectThreadRequest { UserId = Charles },
        new EditMessageRequest { Content = "The scoring model is ready for its second review." },
        new MarkReadRequest { SequenceNumber = 7 },
        new ThreadView
        {
            Id = Thread,
            OrganizationId = new("019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f"),
            Name = "Model approvals",
            Description = "What goes to the committee.",
            CreatedBy = Ada,
            IsPrivate = true,
            IsDirect = false,
            SensitivityLevel = CrossAudit.Contracts.Documents.SensitivityLevel.Confidential,
            Participants = [Ada, Charles],
            Metadata = [],
            MessageCount = 7,
            UnreadCount = 0,
            LastMessageAt = Made,
            CreatedAt = Made,
            UpdatedAt = Made,
        },
        new MessageView
        {
            Id = new("019a4c22-7d8e-7f90-8a1b-2c3d4e5f6a7b"),
            ThreadId = Thread,
            UserId = Ada,
            Content = "The scoring model is ready for review.",
            ContentType = MessageContentType.Text,
            MessageType = "user",
            SequenceNumber = 7,
            ClientId = "b7f2c1",
            Attachments = [],
            Mentions = [Charles],
            Reactions = [new ReactionView { Reaction = "👍", UserIds = [Charles] }],
            Metadata = [],
            CreatedAt = Made,
            UpdatedAt = Made,
        },
        new PresenceView { UserId = Charles },
        new MessageRevisionView { Content = "The scoring model is nearly ready.", ReplacedBy = Ada, ReplacedAt = Made });
}
