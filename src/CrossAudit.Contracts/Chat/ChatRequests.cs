using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.Chat;

/// <summary>How a message's content is written.</summary>
public enum MessageContentType
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>HTML, stored as sent.</summary>
    Html,

    /// <summary>Source code.</summary>
    Code,
}

/// <summary>Opens a thread.</summary>
public sealed record CreateThreadRequest
{
    /// <summary>Its name.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>What it is about.</summary>
    [Text(2000)]
    public string? Description { get; init; }

    /// <summary>Whether only participants know of it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The department it belongs to; the organization at large where left out.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>The label up to which content belongs in it; none where left out.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>Members to bring in; who opens it is one anyway.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<Guid> Participants { get; init => field = value ?? []; } = [];
}

/// <summary>Changes a thread: an absent field is left alone, an explicit null clears the description.</summary>
public sealed record UpdateThreadRequest
{
    /// <summary>Its name.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> Name { get; init; }

    /// <summary>What it is about.</summary>
    [Text(2000)]
    public Optional<string?> Description { get; init; }

    /// <summary>Whether only participants know of it.</summary>
    public bool? IsPrivate { get; init; }

    /// <summary>The department it belongs to: moving it needs <c>chat.write</c> here and there.</summary>
    public Optional<Guid?> DepartmentId { get; init; }

    /// <summary>The label up to which content belongs in it; null for none.</summary>
    public Optional<SensitivityLevel?> SensitivityLevel { get; init; }

    /// <summary>Whether it is archived: read, and not written to.</summary>
    public bool? IsArchived { get; init; }
}

/// <summary>Opens the conversation of two people, or finds it.</summary>
public sealed record DirectThreadRequest
{
    /// <summary>The other one.</summary>
    [Required]
    public Guid? UserId { get; init; }
}

/// <summary>Sends a message.</summary>
public sealed record SendMessageRequest
{
    /// <summary>1 to 32,000 characters.</summary>
    [Required, Text(32_000, MinLength = 1)]
    public string Content { get; init; } = "";

    /// <summary>How the content is written.</summary>
    public MessageContentType ContentType { get; init; } = MessageContentType.Text;

    /// <summary>The message answered to, in the same thread.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>The sender's own name for the message: sent again, it is acknowledged and not stored twice.</summary>
    [Text(100, MinLength = 1)]
    public string? ClientId { get; init; }

    /// <summary>Documents to attach, by id: those that one may read.</summary>
    [MaxLength(20)]
    public IReadOnlyList<Guid> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>Members to mention, who may read the thread: they are told by mail unless they do not want it.</summary>
    [MaxLength(50)]
    public IReadOnlyList<Guid> Mentions { get; init => field = value ?? []; } = [];
}

/// <summary>Edits a message; what it said before is kept.</summary>
public sealed record EditMessageRequest
{
    /// <summary>1 to 32,000 characters.</summary>
    [Required, Text(32_000, MinLength = 1)]
    public string Content { get; init; } = "";
}

/// <summary>Says how far one has read.</summary>
public sealed record MarkReadRequest
{
    /// <summary>The last message seen; a mark never moves back.</summary>
    [Range(0, long.MaxValue)]
    public long SequenceNumber { get; init; }
}
