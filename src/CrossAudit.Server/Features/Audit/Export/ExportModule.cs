using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>Handing out the trail as a whole.</summary>
internal static class ExportModule
{
    public static void MapExport(this RouteGroupBuilder audit) => audit.MapGet("/export", Export).RequirePermission(Permissions.AuditExport)
        .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv");

    /// <summary>Exports the sealed events of the organization's trail, in the order of the log.</summary>
    /// <remarks>
    /// Streamed, however many there are, with the filters of the list. <c>ndjson</c> carries proofs and can be checked offline with <c>crossaudit audit verify</c>; <c>csv</c> opens in a spreadsheet;
    /// <c>ocsf</c> is for a SIEM (Open Cybersecurity Schema Framework 1.3). An export that broke off goes on behind the last <c>sequence</c> that came, with <c>after</c>. It is an event of its own.
    /// </remarks>
    /// <param name="format"><c>ndjson</c>, <c>csv</c> or <c>ocsf</c>.</param>
    /// <param name="after">The <c>sequence</c> of the last event that you have.</param>
    internal static async Task<PushStreamHttpResult> Export(
        [AsParameters] AuditFilter filter, HttpContext http, TrailExport trail, AuditLog log, AppDbContext db, CancellationToken stop,
        [AllowedValues("ndjson", "csv", "ocsf", ErrorMessage = "It is one of ndjson, csv and ocsf.")] string format = "ndjson", [Range(0, long.MaxValue)] long? after = null)
    {
        var request = new ExportRequest(filter, after);
        IExportFormat form = format switch
        {
            "csv" => new CsvExport(trail, request, db.Clearance),
            "ocsf" => new OcsfExport(trail, request, db.Clearance),
            _ => new NdjsonExport(trail, request, db.Clearance),
        };
        var tree = await trail.TreeAsync(stop);
        // What somebody looks for says what they know of: it has their clearance. Before the first byte: who breaks it off has read all the same.
        await log.RecordAsync(
            new AuditEntry(AuditActions.AuditExported) { Severity = AuditSeverity.Notice, Sensitivity = db.Clearance, Metadata = new() { ["format"] = format, ["tree_size"] = tree?.Size ?? 0, ["after"] = after, ["query"] = http.Request.QueryString.Value } }, stop);
        return TypedResults.Stream(output => form.WriteAsync(output, tree, stop), form.ContentType, $"audit-{tree?.Size ?? 0}.{(format == "csv" ? "csv" : "ndjson")}");
    }
}
