using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;

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

    /// <summary>Whether it is the conversation of two people, which nobody else joins.</summary>
    public required bool IsDirect { get; init; }

    /// <summary>The label up to which content belongs in it; null where it has none.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>When it was archived: it is read, and nothing is sent to it. Null while it is in use.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

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

    /// <summary>Markdown and HTML as HTML that is safe to show; null for text and code.</summary>
    public string? ContentHtml { get; init; }

    /// <summary>How the content is written.</summary>
    public required MessageContentType ContentType { get; init; }

    /// <summary>What kind of sender it has: <c>user</c>, <c>assistant</c>, <c>system</c> or <c>bot</c>.</summary>
    public required string MessageType { get; init; }

    /// <summary>Its place in the thread: from 1, without gaps or repeats.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The sender's own name for it.</summary>
    public string? ClientId { get; init; }

    /// <summary>Documents attached to it: those of them that the reader may read.</summary>
    public required IReadOnlyList<AttachmentView> Attachments { get; init; }

    /// <summary>People it mentions.</summary>
    public required IReadOnlyList<Guid> Mentions { get; init; }

    /// <summary>How people reacted to it.</summary>
    public required IReadOnlyList<ReactionView> Reactions { get; init; }

    /// <summary>Further facts: <c>label_above_thread</c> where what it holds is labelled above its thread.</summary>
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

/// <summary>A document attached to a message.</summary>
public sealed record AttachmentView
{
    /// <summary>Identifies the document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title now.</summary>
    public required string Title { get; init; }

    /// <summary>The version that was the newest when the message was sent; 0 for none.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Its label now.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }
}

/// <summary>One way of reacting to a message, and who did.</summary>
public sealed record ReactionView
{
    /// <summary>The sign, mostly an emoji.</summary>
    public required string Reaction { get; init; }

    /// <summary>Who reacted so, the first one first.</summary>
    public required IReadOnlyList<Guid> UserIds { get; init; }
}

/// <summary>What a message said before it was changed.</summary>
public sealed record MessageRevisionView
{
    /// <summary>What it said.</summary>
    public required string Content { get; init; }

    /// <summary>Who edited or deleted it then.</summary>
    public required Guid ReplacedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ReplacedAt { get; init; }
}

/// <summary>Somebody who has a socket open.</summary>
public sealed record PresenceView
{
    /// <summary>Who.</summary>
    public required Guid UserId { get; init; }
}
