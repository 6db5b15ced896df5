using System.Globalization;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CsvHelper;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>Events as a table (RFC 4180), for spreadsheets: what would be a formula there is told to be text.</summary>
internal sealed class CsvExport(TrailExport trail, ExportRequest request, SensitivityLevel clearance) : IExportFormat
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    private static readonly (string Name, Func<AuditLogView, string?> Value)[] Columns =
    [
        ("sequence", e => e.Sequence?.ToString(CultureInfo.InvariantCulture)),
        ("created_at", e => TimestampConverter.ToText(e.CreatedAt)),
        ("action", e => e.Action),
        ("outcome", e => e.Outcome),
        ("severity", e => e.Severity),
        ("actor_type", e => e.ActorType),
        ("actor_user_id", e => e.ActorUserId?.ToString()),
        ("actor_label", e => e.ActorLabel),
        ("resource_type", e => e.ResourceType),
        ("resource_id", e => e.ResourceId),
        ("target_user_id", e => e.TargetUserId?.ToString()),
        ("ip_address", e => e.IpAddress),
        ("user_agent", e => e.UserAgent),
        ("session_id", e => e.SessionId?.ToString()),
        ("correlation_id", e => e.CorrelationId),
        ("changes", e => e.Changes?.ToJsonString()),
        ("metadata", e => e.Metadata?.ToJsonString()),
        ("id", e => e.Id.ToString()),
    ];

    public string ContentType => "text/csv; charset=utf-8";

    public async Task<long> WriteAsync(Stream output, AuditTree? tree, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        await csv.WriteRecordAsync(Columns.Select(column => column.Name).ToArray(), stop);
        var count = 0L;
        if (tree is not null)
            await foreach (var part in trail.ReadAsync(tree, request.Filter, request.After, stop))
            {
                foreach (var e in part.Select(e => e.ToView(clearance)))
                    await csv.WriteRecordAsync(Array.ConvertAll(Columns, column => column.Value(e) ?? ""), stop);
                count += part.Count;
                await csv.FlushAsync(stop);
            }
        await csv.FlushAsync(stop);
        return count;
    }
}
