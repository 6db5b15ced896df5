using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>A compliance report: asked for, made in the background, and never changed from then on.</summary>
internal sealed class AuditReport : IOrganizationOwned, ITimeOrdered, IDueRow
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Framework { get; init; }
    public required DateTimeOffset StartDate { get; init; }
    public required DateTimeOffset EndDate { get; init; }
    public required Guid RequestedBy { get; init; }
    public string Status { get; set; } = ReportStatus.Pending;

    /// <summary>From 0 to 100.</summary>
    public int Progress { get; set; }

    /// <summary><see cref="ReportContent"/> as JSON, just as it is hashed and answered.</summary>
    public string? Content { get; set; }

    /// <summary>SHA-256 of the content in hex.</summary>
    public string? ContentHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }
}

/// <summary>How far a report is.</summary>
internal static class ReportStatus
{
    public const string Pending = "pending";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

internal sealed class AuditReportMapping : IEntityTypeConfiguration<AuditReport>
{
    public void Configure(EntityTypeBuilder<AuditReport> report)
    {
        report.ToTable("audit_reports");
        report.HasIndex(r => new { r.OrganizationId, r.CreatedAt, r.Id });
        report.HasIndex(r => r.DueAt).HasFilter("due_at IS NOT NULL");
    }
}
