using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>
/// Events as lines of JSON that can be checked offline, with <c>crossaudit audit verify</c> or by the description in docs/audit: a header with the signed checkpoint, an event a line with its proof, and
/// an end that counts them.
/// </summary>
internal sealed class NdjsonExport(TrailExport trail, ExportRequest request, SensitivityLevel clearance) : IExportFormat
{
    public const string Form = "crossaudit-audit-export/1";

    public string ContentType => "application/x-ndjson";

    public async Task<long> WriteAsync(Stream output, AuditTree? tree, CancellationToken stop)
    {
        // Then whoever checks it can tell that none is missing.
        var isWhole = request.Filter == AuditFilter.Everything && request.After is null && tree is not { KeptFrom: > 0 };
        await LineAsync(output, Header(tree, isWhole), stop);
        var count = 0L;
        if (tree is not null)
            await foreach (var part in trail.ReadAsync(tree, request.Filter, request.After, stop))
            {
                var paths = await trail.PathsAsync(tree, part, stop);
                for (var i = 0; i < part.Count; i++)
                    await LineAsync(output, Line(part[i], paths[i]), stop);
                count += part.Count;
                await output.FlushAsync(stop);
            }
        await LineAsync(output, new JsonObject { ["type"] = "end", ["events"] = count }, stop);
        return count;
    }

    private JsonObject Header(AuditTree? tree, bool isWhole) => new()
    {
        ["type"] = "header",
        ["format"] = Form,
        ["organization_id"] = tree?.OrganizationId.ToString(),
        ["checkpoint"] = tree?.Checkpoint,
        ["public_key"] = tree?.VerifierKey,
        ["tree_size"] = tree?.Size ?? 0,
        ["complete"] = isWhole,
        ["after"] = request.After,
    };

    private JsonObject Line(AuditEvent e, List<byte[]> path)
    {
        var line = JsonSerializer.SerializeToNode(Provable(e), CrossAuditJson.Options)!.AsObject();
        line.Insert(0, "type", "event");
        line["proof"] = new JsonObject
        {
            ["log_index"] = e.Sequence,
            ["entry"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(e.Entry)),
            ["salt"] = e.IsOpenTo(clearance) && e.Salt is not null ? Convert.ToBase64String(e.Salt) : null,
            ["details_withheld"] = !e.IsOpenTo(clearance),
            ["hashes"] = new JsonArray([.. path.Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]),
        };
        return line;
    }

    // The personal part is committed to as a whole: where some of it is not for this reader, nothing would vouch for the rest.
    private AuditLogView Provable(AuditEvent e) => e.IsOpenTo(clearance) ? e.ToView(clearance) : e.ToView(clearance) with { ActorLabel = null, IpAddress = null, UserAgent = null };

    private static async Task LineAsync(Stream output, JsonObject line, CancellationToken stop)
    {
        await JsonSerializer.SerializeAsync(output, line, CrossAuditJson.Options, stop);
        await output.WriteAsync("\n"u8.ToArray(), stop);
    }
}
