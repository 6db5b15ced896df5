using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Chat;

/// <summary>A document attached to a message. What a reader sees of it is what they may see of the document, now.</summary>
internal sealed class MessageAttachment : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid DocumentId { get; init; }
    public required int Place { get; init; }

    /// <summary>The newest version when the message was sent; 0 for none.</summary>
    public required int VersionNumber { get; init; }
}

/// <summary>How somebody reacted to a message.</summary>
internal sealed class MessageReaction : IOrganizationOwned
{
    /// <summary>In how many ways one person may react to one message.</summary>
    public const int MostOfOnePerson = 20;

    public required Guid OrganizationId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid UserId { get; init; }
    public required string Reaction { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MessageExtrasMapping : IEntityTypeConfiguration<MessageAttachment>, IEntityTypeConfiguration<MessageReaction>
{
    public void Configure(EntityTypeBuilder<MessageAttachment> attachment)
    {
        attachment.ToTable("message_attachments").HasKey(a => new { a.MessageId, a.DocumentId });
        attachment.HasOne<Message>().WithMany().HasForeignKey(a => a.MessageId);
    }

    public void Configure(EntityTypeBuilder<MessageReaction> reaction)
    {
        reaction.ToTable("message_reactions").HasKey(r => new { r.MessageId, r.UserId, r.Reaction });
        reaction.HasOne<Message>().WithMany().HasForeignKey(r => r.MessageId);
    }
}
