using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Audit.Anomalies;
using CrossAudit.Server.Features.Audit.Erasure;
using CrossAudit.Server.Features.Audit.Export;
using CrossAudit.Server.Features.Audit.Proofs;
using CrossAudit.Server.Features.Audit.Reports;
using CrossAudit.Server.Features.Audit.Retention;
using CrossAudit.Server.Features.Audit.Verification;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit;

/// <summary>Reading the audit trail.</summary>
internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton(AuditDescription.Area)
        .AddScoped<AuditLog>()
        .AddScoped<AuditStatistics>()
        .AddScoped<AuditAnomalies>()
        .AddScoped<LogProofs>()
        .AddScoped<TrailVerification>()
        .AddScoped<TrailExport>()
        .AddTrailRetention()
        .AddErasure()
        .AddReports();

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").WithTags("Audit");

        audit.MapGet("/logs", List).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/logs/{id:guid}", Get).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/logs/search/{term}", Search).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/statistics", Statistics).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/anomalies", FindAnomalies).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/actions", Actions).RequirePermission(Permissions.AuditRead);
        audit.MapProofs();
        audit.MapVerification();
        audit.MapExport();
        audit.MapTrailRetention();
        audit.MapErasure();
        audit.MapReports();
    }

    /// <summary>Lists the events of the organization's trail, newest first.</summary>
    /// <remarks>Reading the trail is an event of its own.</remarks>
    /// <param name="sort"><c>-created_at</c>, newest first, or <c>created_at</c>; a cursor pages from the newest.</param>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<AuditLogView>>>, ProblemHttpResult>> List(
        [AsParameters] AuditFilter filter, HttpContext http, AuditLog log, CancellationToken stop,
        [Range(1, 1000)] int limit = 100, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null, [AllowedValues("-created_at", "created_at", null, ErrorMessage = "It is -created_at or created_at.")] string? sort = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        if (sort == "created_at" && cursor is not null)
            return Problems.InvalidField("cursor", "A cursor pages from the newest to the oldest.");
        return (await log.ReadAsync(filter, sort == "created_at", page, stop)).Answer(http, page);
    }

    /// <summary>Finds events by words, newest first.</summary>
    /// <remarks>The same as <c>q</c> of the list: all words stand in action, label, changes or metadata.</remarks>
    /// <param name="term">The words.</param>
    internal static async Task<Ok<Envelope<IReadOnlyList<AuditLogView>>>> Search(
        string term, HttpContext http, AuditLog log, CancellationToken stop, [Range(1, 500)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await log.ReadAsync(new AuditFilter { Text = term }, oldestFirst: false, page, stop)).Answer(http, page);
    }

    /// <summary>Counts the events of the last days: by day, action, account, outcome and severity.</summary>
    /// <param name="days">How many days, today (UTC) included.</param>
    internal static async Task<Ok<Envelope<AuditStatisticsView>>> Statistics(AuditStatistics statistics, AuditLog log, CancellationToken stop, [Range(1, 365)] int days = 30)
    {
        var found = await statistics.CountAsync(days, stop);
        await log.RecordAsync(new System.Text.Json.Nodes.JsonObject { ["statistics_days"] = days }, stop);
        return TypedResults.Ok(Envelope.Of(found));
    }

    /// <summary>Lists what in the trail of the last days is worth a look, each with the rule that it was found by.</summary>
    /// <remarks>Bursts of denials, sign-ins from an address block that is new for the account, many documents downloaded, and accounts that are given much. Nothing of it proves that something is wrong.</remarks>
    /// <param name="days">How many days, today (UTC) included.</param>
    internal static async Task<Ok<Envelope<AnomaliesView>>> FindAnomalies(AuditAnomalies anomalies, AuditLog log, CancellationToken stop, [Range(1, 90)] int days = 7)
    {
        var found = await anomalies.FindAsync(days, stop);
        await log.RecordAsync(new System.Text.Json.Nodes.JsonObject { ["anomaly_days"] = days }, stop);
        return TypedResults.Ok(Envelope.Of(found));
    }

    /// <summary>Lists the actions that events can have.</summary>
    internal static Ok<Envelope<IReadOnlyList<string>>> Actions() => TypedResults.Ok(Envelope.Of(AuditActions.All));

    /// <summary>Reads one event.</summary>
    internal static async Task<Results<EntityResult<AuditLogView>, ProblemHttpResult>> Get(Guid id, AuditLog log, CancellationToken stop) =>
        await log.FindAsync(id, stop) is { } found ? new Revised<AuditLogView>(found).Answer() : Problems.NotFound("event", id);
}
