using System.Linq.Expressions;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Audit.Erasure;

/// <summary>An erasure of what an organization's trail says of a person (Regulation (EU) 2016/679, article 17).</summary>
internal sealed class TrailErasure : IOrganizationOwned, ITimeOrdered, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>The address by which others' events may name the person; null once it is done.</summary>
    public string? Email { get; set; }

    public required string Reason { get; init; }
    public required Guid RequestedBy { get; init; }
    public long ErasedEvents { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }

    public static Expression<Func<TrailErasure, ErasureView>> ToView { get; } = e => new ErasureView
    {
        Id = e.Id,
        UserId = e.UserId,
        Reason = e.Reason,
        RequestedBy = e.RequestedBy,
        Status = e.CompletedAt == null ? "pending" : "completed",
        ErasedEvents = e.ErasedEvents,
        CreatedAt = e.CreatedAt,
        CompletedAt = e.CompletedAt,
    };
}

internal sealed class TrailErasureMapping : IEntityTypeConfiguration<TrailErasure>
{
    public void Configure(EntityTypeBuilder<TrailErasure> erasure)
    {
        erasure.ToTable("trail_erasures");
        erasure.HasIndex(e => new { e.OrganizationId, e.CreatedAt, e.Id });
        erasure.HasIndex(e => e.DueAt).HasFilter("due_at IS NOT NULL");
    }
}
