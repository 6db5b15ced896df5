using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>Events in the classes of the Open Cybersecurity Schema Framework 1.3 (https://schema.ocsf.io/1.3.0), a JSON object a line, for a SIEM.</summary>
internal sealed class OcsfExport(TrailExport trail, ExportRequest request, SensitivityLevel clearance) : IExportFormat
{
    private const string Version = "1.3.0";

    public string ContentType => "application/x-ndjson";

    public async Task<long> WriteAsync(Stream output, AuditTree? tree, CancellationToken stop)
    {
        var count = 0L;
        if (tree is not null)
            await foreach (var part in trail.ReadAsync(tree, request.Filter, request.After, stop))
            {
                foreach (var e in part)
                {
                    await JsonSerializer.SerializeAsync(output, ToOcsf(e.ToView(clearance)), CrossAuditJson.Options, stop);
                    await output.WriteAsync("\n"u8.ToArray(), stop);
                }
                count += part.Count;
                await output.FlushAsync(stop);
            }
        return count;
    }

    private static JsonObject ToOcsf(AuditLogView e)
    {
        var (kind, activity) = OcsfClass.Of(e.Action);
        var line = new JsonObject
        {
            ["activity_id"] = activity,
            ["category_uid"] = kind.Category,
            ["class_uid"] = kind.Uid,
            ["type_uid"] = (kind.Uid * 100) + activity,
            ["time"] = e.CreatedAt.ToUnixTimeMilliseconds(),
            ["severity_id"] = e.Severity switch { "critical" => 5, "warning" => 3, "notice" => 2, _ => 1 },
            ["status_id"] = e.Outcome == "success" ? 1 : 2,
            ["status"] = e.Outcome == "success" ? "Success" : "Failure",
            ["status_detail"] = e.Outcome,
            ["message"] = e.Action,
            ["metadata"] = new JsonObject
            {
                ["version"] = Version,
                ["uid"] = e.Id.ToString(),
                ["sequence"] = e.Sequence,
                ["correlation_uid"] = e.CorrelationId,
                ["tenant_uid"] = e.OrganizationId?.ToString(),
                ["event_code"] = e.Action,
                ["product"] = new JsonObject { ["name"] = "CrossAudit", ["vendor_name"] = "CrossAudit" },
            },
            ["actor"] = new JsonObject { ["user"] = User(e.ActorUserId, e.ActorLabel, e.ActorType), ["session"] = e.SessionId is { } session ? new JsonObject { ["uid"] = session.ToString() } : null },
            ["src_endpoint"] = new JsonObject { ["ip"] = e.IpAddress },
            ["http_request"] = new JsonObject { ["user_agent"] = e.UserAgent },
            ["unmapped"] = new JsonObject { ["changes"] = e.Changes?.DeepClone(), ["metadata"] = e.Metadata?.DeepClone() },
        };
        kind.Fill(line, e);
        return line;
    }

    private static JsonObject User(Guid? id, string? name, string type) => new()
    {
        ["uid"] = id?.ToString(),
        ["name"] = name,
        ["type_id"] = type switch { "user" => 1, "system" => 3, _ => 0 },
    };
}
