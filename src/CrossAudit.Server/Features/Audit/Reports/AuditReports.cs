using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>Takes requests for reports, and reads them.</summary>
internal sealed class AuditReports(AppDbContext db, Actor actor, AuditTrail audit, IMessageBus bus, TimeProvider clock)
{
    public async Task<ReportView> CreateAsync(CreateReportRequest request, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var report = new AuditReport
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = db.OrganizationId,
            Framework = request.Framework,
            StartDate = request.StartDate,
            EndDate = request.EndDate,
            RequestedBy = actor.UserId!.Value,
            CreatedAt = now,
            DueAt = now,
        };
        db.Add(report);
        audit.Record(AuditEntry.On(AuditActions.AuditReportRequested, "audit_report", report.Id) with { Metadata = new() { ["framework"] = report.Framework } });
        await db.SaveChangesAsync(stop);
        await bus.WakeAsync<AuditReport>();
        return View(report, null);
    }

    public async Task<Page<ReportView>> ListAsync(PageRequest page, CancellationToken stop) => await db.Set<AuditReport>().AsNoTracking().NewestFirstAsync(
        page,
        r => new ReportView
        {
            Id = r.Id,
            Framework = r.Framework,
            StartDate = r.StartDate,
            EndDate = r.EndDate,
            Status = r.Status,
            Progress = r.Progress,
            ContentHash = r.ContentHash,
            RequestedBy = r.RequestedBy,
            CreatedAt = r.CreatedAt,
            CompletedAt = r.CompletedAt,
        },
        r => new Cursor(r.CreatedAt, r.Id),
        stop);

    /// <summary>The report with what it says; reading it is an event.</summary>
    public async Task<ReportView?> FindAsync(Guid id, CancellationToken stop)
    {
        if (await db.Set<AuditReport>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } report)
            return null;
        audit.Record(AuditEntry.On(AuditActions.AuditRead, "audit_report", id));
        await db.SaveChangesAsync(stop);
        return View(report, report.Content is null ? null : JsonSerializer.Deserialize<ReportContent>(report.Content, CrossAuditJson.Options));
    }

    private static ReportView View(AuditReport report, ReportContent? content) => new()
    {
        Id = report.Id,
        Framework = report.Framework,
        StartDate = report.StartDate,
        EndDate = report.EndDate,
        Status = report.Status,
        Progress = report.Progress,
        ContentHash = report.ContentHash,
        RequestedBy = report.RequestedBy,
        CreatedAt = report.CreatedAt,
        CompletedAt = report.CompletedAt,
        Content = content,
    };
}
