using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>Compliance reports.</summary>
internal static class ReportsModule
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddScoped<AuditReports>().AddWork<AuditReport, ReportWriting>();

    public static void MapReports(this RouteGroupBuilder audit)
    {
        audit.MapPost("/reports", CreateReport).RequirePermission(Permissions.AuditExport);
        audit.MapGet("/reports", ListReports).RequirePermission(Permissions.AuditExport);
        audit.MapGet("/reports/{id:guid}", GetReport).RequirePermission(Permissions.AuditExport);
    }

    /// <summary>Asks for a compliance report on a period.</summary>
    /// <remarks>It is made in the background: read it until its status is <c>completed</c>. It is kept as it is, with its hash, which stands in the trail as well.</remarks>
    internal static async Task<Results<Accepted<Envelope<ReportView>>, ProblemHttpResult>> CreateReport(CreateReportRequest request, AuditReports reports, CancellationToken stop)
    {
        if (request.EndDate <= request.StartDate)
            return Problems.InvalidField("end_date", "It lies behind the start date.");
        var report = await reports.CreateAsync(request, stop);
        return TypedResults.Accepted($"/api/audit/reports/{report.Id}", Envelope.Of(report));
    }

    /// <summary>Lists reports, newest first, without what they say.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<ReportView>>>> ListReports(
        HttpContext http, AuditReports reports, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await reports.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="format"><c>json</c>, or <c>html</c> for a page to print; of a report that is not completed there is none.</param>
    internal static async Task<Results<Ok<Envelope<ReportView>>, ContentHttpResult, ProblemHttpResult>> GetReport(
        Guid id, HttpContext http, AuditReports reports, CancellationToken stop, [AllowedValues("json", "html", ErrorMessage = "It is json or html.")] string format = "json")
    {
        if (await reports.FindAsync(id, stop) is not { } report)
            return Problems.NotFound("report", id);
        if (format == "json")
            return TypedResults.Ok(Envelope.Of(report));
        if (report.Content is null)
            return Problems.NotFound("completed report", id);
        http.Response.Headers.ContentSecurityPolicy = ReportPage.Policy;
        return TypedResults.Text(ReportPage.Of(report), "text/html", System.Text.Encoding.UTF8);
    }
}
