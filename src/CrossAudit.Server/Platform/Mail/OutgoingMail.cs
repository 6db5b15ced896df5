using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Mail;

/// <summary>A mail to be sent: written in the transaction of the act that sends it, delivered after the commit.</summary>
internal sealed class OutgoingMail : IDueRow
{
    public required Guid Id { get; init; }

    /// <summary>The address it goes to.</summary>
    public required string Recipient { get; init; }

    public required string Subject { get; init; }

    /// <summary>The body, until it is delivered: it may hold a token that nobody needs to keep.</summary>
    public required string? Text { get; set; }

    public required string? Html { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why it was given up; null while it may still go out.</summary>
    public string? Failure { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public int Attempts { get; set; }
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("outgoing_mails");
        mail.Property(m => m.Attempts).IsConcurrencyToken();
        mail.HasIndex(m => m.DueAt).HasFilter("due_at IS NOT NULL");
        // Few ever, and asked for by every probe.
        mail.HasIndex(m => m.CreatedAt).HasFilter("failure IS NOT NULL");
    }
}
