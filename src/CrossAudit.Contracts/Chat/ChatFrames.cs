using System.Text.Json;

namespace CrossAudit.Contracts.Chat;

/// <summary>The <c>type</c> of the frames of the chat socket; <c>docs/chat-protocol.md</c> shows each.</summary>
public static class ChatFrameTypes
{
    /// <summary>Client: the access token, where it came with neither header nor query; or a fresh one before the old expires.</summary>
    public const string Auth = "auth";

    /// <summary>Both: a message is sent, or was stored.</summary>
    public const string Message = "message";

    /// <summary>Server: a message was edited.</summary>
    public const string MessageUpdated = "message_updated";

    /// <summary>Server: a message was deleted.</summary>
    public const string MessageDeleted = "message_deleted";

    /// <summary>Both: someone is, or is no longer, writing.</summary>
    public const string Typing = "typing";

    /// <summary>Both: someone has read up to a sequence number.</summary>
    public const string Read = "read";

    /// <summary>Server: somebody has come into a thread.</summary>
    public const string Join = "join";

    /// <summary>Server: somebody has left a thread, or was taken out.</summary>
    public const string Leave = "leave";

    /// <summary>Server: people have come or gone; <c>data</c> is a <see cref="PresenceChange"/>.</summary>
    public const string Presence = "presence";

    /// <summary>Client: replay what came after a sequence number.</summary>
    public const string Resume = "resume";

    /// <summary>Server: the replay is complete.</summary>
    public const string Resumed = "resumed";

    /// <summary>Client: are you there?</summary>
    public const string Ping = "ping";

    /// <summary>Server: yes.</summary>
    public const string Pong = "pong";

    /// <summary>Server: a message is stored; names <c>client_id</c>, <c>id</c> and <c>sequence_number</c>.</summary>
    public const string Ack = "ack";

    /// <summary>Server: a frame was refused; the socket stays open.</summary>
    public const string Error = "error";
}

/// <summary>The close codes of the chat socket.</summary>
public static class ChatCloseCodes
{
    /// <summary>The token is missing, wrong or expired at the start.</summary>
    public const int NotSignedIn = 4401;

    /// <summary>Not allowed, or no longer: access was withdrawn or the token expired.</summary>
    public const int NotAllowed = 4403;

    /// <summary>There is no such thread.</summary>
    public const int NoSuchThread = 4404;

    /// <summary>No first frame came in time.</summary>
    public const int NoFirstFrame = 4408;

    /// <summary>The client reads too slowly.</summary>
    public const int TooSlow = 4409;
}

/// <summary>Who of the organization has come and gone, on any thread.</summary>
public sealed record PresenceChange
{
    /// <summary>Those who are there now and were not.</summary>
    public required IReadOnlyList<Guid> Online { get; init; }

    /// <summary>Those who were there and have had no socket open for some seconds.</summary>
    public required IReadOnlyList<Guid> Offline { get; init; }
}

/// <summary>A frame from the server.</summary>
public sealed record ServerFrame
{
    /// <summary>One of <see cref="ChatFrameTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The thread it is about.</summary>
    public Guid? ThreadId { get; init; }

    /// <summary>Who did it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Whether they are writing, in a <c>typing</c> frame.</summary>
    public bool? IsTyping { get; init; }

    /// <summary>How far they have read, in a <c>read</c> frame.</summary>
    public long? SequenceNumber { get; init; }

    /// <summary>Whether nothing is missing, in a <c>resumed</c> frame.</summary>
    public bool? Recovered { get; init; }

    /// <summary>The message, acknowledgement or error.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>When the server sent it.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>A frame from a client.</summary>
public sealed record ClientFrame
{
    /// <summary>One of <see cref="ChatFrameTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The access token, in an <c>auth</c> frame.</summary>
    public string? Token { get; init; }

    /// <summary>The thread meant, on the socket of all threads.</summary>
    public Guid? ThreadId { get; init; }

    /// <summary>The message, in a <c>message</c> frame.</summary>
    public ClientMessage? Data { get; init; }

    /// <summary>Whether one is writing, in a <c>typing</c> frame.</summary>
    public bool? IsTyping { get; init; }

    /// <summary>How far one has read, in a <c>read</c> frame.</summary>
    public long? SequenceNumber { get; init; }

    /// <summary>Where to resume after, in a <c>resume</c> frame.</summary>
    public long? After { get; init; }
}

/// <summary>The data of a <c>message</c> frame from a client.</summary>
public sealed record ClientMessage
{
    /// <summary>1 to 32,000 characters.</summary>
    public string Content { get; init; } = "";

    /// <summary>How the content is written.</summary>
    public MessageContentType ContentType { get; init; } = MessageContentType.Text;

    /// <summary>The message answered to.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>The sender's own name for the message.</summary>
    public string? ClientId { get; init; }

    /// <summary>The thread meant, on the socket of all threads.</summary>
    public Guid? ThreadId { get; init; }

    /// <summary>Documents to attach, by id.</summary>
    public IReadOnlyList<Guid> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>Members to mention.</summary>
    public IReadOnlyList<Guid> Mentions { get; init => field = value ?? []; } = [];
}

/// <summary>The data of an <c>ack</c> frame.</summary>
public sealed record Acknowledgement
{
    /// <summary>The sender's own name for the message.</summary>
    public string? ClientId { get; init; }

    /// <summary>The stored message.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its place in the thread.</summary>
    public required long SequenceNumber { get; init; }
}

/// <summary>The data of an <c>error</c> frame.</summary>
public sealed record FrameError
{
    /// <summary>A stable code, as in problem details.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The <c>client_id</c> of the message refused.</summary>
    public string? ClientId { get; init; }
}
