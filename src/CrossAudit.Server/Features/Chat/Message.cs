using System.Text.Json.Nodes;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Chat;

/// <summary>A message: its place in the thread is its for good, also when it is deleted.</summary>
internal sealed class Message : IOrganizationOwned, IRevised, ITimeOrdered
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid ThreadId { get; init; }
    public required Guid UserId { get; init; }
    public Guid? ParentMessageId { get; init; }

    /// <summary>What it says, as it was sent; null once deleted.</summary>
    public required string? Content { get; set; }

    public required MessageContentType ContentType { get; init; }

    /// <summary>Its place in the thread; given by the transaction that stores it.</summary>
    public long SequenceNumber { get; set; }

    public string? ClientId { get; init; }

    /// <summary>How many documents are attached: where there are none, none are looked for.</summary>
    public int AttachmentCount { get; init; }

    /// <summary>How many reactions there are.</summary>
    public int ReactionCount { get; set; }

    /// <summary>Whom it mentions; null for nobody.</summary>
    public List<Guid>? Mentions { get; init; }
    public JsonObject Metadata { get; set; } = [];
    public DateTimeOffset? EditedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public int Revision { get; set; }

    public ChatThread Thread { get; init; } = null!;

    /// <summary>The message as all who may read it see it; what they see of its documents differs, see <see cref="MessageViews"/>.</summary>
    public MessageView ToView()
    {
        var html = Content is null ? null : SafeHtml.Of(Content, ContentType);
        return new MessageView
        {
            Id = Id,
            ThreadId = ThreadId,
            UserId = UserId,
            ParentMessageId = ParentMessageId,
            // Kept as sent, shown without what could run in a reader's browser.
            Content = ContentType == MessageContentType.Html ? html : Content,
            ContentHtml = html,
            ContentType = ContentType,
            MessageType = "user",
            SequenceNumber = SequenceNumber,
            ClientId = ClientId,
            Attachments = [],
            Mentions = Mentions ?? [],
            Reactions = [],
            Metadata = Metadata,
            EditedAt = EditedAt,
            DeletedAt = DeletedAt,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}

/// <summary>What a message said before it was edited or deleted.</summary>
internal sealed class MessageRevision : IOrganizationOwned
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid MessageId { get; init; }
    public required string Content { get; init; }
    public required Guid ReplacedBy { get; init; }
    public required DateTimeOffset ReplacedAt { get; init; }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<MessageRevision>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("messages");
        message.HasOne(m => m.Thread).WithMany().HasForeignKey(m => m.ThreadId);
        message.HasIndex(m => new { m.ThreadId, m.SequenceNumber }).IsUnique();
        message.HasIndex(m => new { m.ThreadId, m.UserId, m.ClientId }).IsUnique();
        message.HasIndex(m => m.ParentMessageId);
    }

    public void Configure(EntityTypeBuilder<MessageRevision> revision)
    {
        revision.ToTable("message_revisions");
        revision.HasOne<Message>().WithMany().HasForeignKey(r => r.MessageId);
    }

    // A message is as visible as its thread; deleted, it stays visible as a tombstone.
    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<Message>()
        .HasQueryFilter(Filters.Deleted, m => m.Thread.DeletedAt == null)
        .HasQueryFilter(Filters.Participants, m => !m.Thread.IsPrivate || m.Thread.Participants.Any(p => p.UserId == db.UserId))
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<Message>(() => db.ThreadReach, m => m.Thread.DepartmentId, _ => SensitivityLevel.Public));
}
