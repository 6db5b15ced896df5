using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Chat;

/// <summary>A conversation.</summary>
public sealed record ThreadView
{
    /// <summary>Identifies the thread.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose thread it is.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The department it belongs to; null for the organization at large.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>Who opened it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>Whether only participants know of it.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Who takes part.</summary>
    public required IReadOnlyList<Guid> Participants { get; init; }

    /// <summary>Free-form facts.</summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>How many messages it holds, tombstones included.</summary>
    public required int MessageCount { get; init; }

    /// <summary>How many of them came after the reader's mark.</summary>
    public required int UnreadCount { get; init; }

    /// <summary>When the last message came.</summary>
    public DateTimeOffset? LastMessageAt { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>One message; deleted, it stays as a tombstone without content.</summary>
public sealed record MessageView
{
    /// <summary>Identifies the message.</summary>
    public required Guid Id { get; init; }

    /// <summary>The thread it stands in.</summary>
    public required Guid ThreadId { get; init; }

    /// <summary>Who sent it.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The message it answers to.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>What it says; null once deleted.</summary>
    public string? Content { get; init; }

    /// <summary>How the content is written.</summary>
    public required MessageContentType ContentType { get; init; }

    /// <summary>What kind of sender it has: <c>user</c>, <c>assistant</c>, <c>system</c> or <c>bot</c>.</summary>
    public required string MessageType { get; init; }

    /// <summary>Its place in the thread: from 1, without gaps or repeats.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The sender's own name for it.</summary>
    public string? ClientId { get; init; }

    /// <summary>Documents attached to it.</summary>
    public required IReadOnlyList<JsonObject> Attachments { get; init; }

    /// <summary>People it mentions.</summary>
    public required IReadOnlyList<Guid> Mentions { get; init; }

    /// <summary>Free-form facts.</summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
