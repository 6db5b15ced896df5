using System.Collections.Frozen;
using System.Text.Json;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>A framework, and which sections of a report are evidence for its clauses.</summary>
internal sealed record ReportFramework(string Title, IReadOnlyList<ReportClause> Clauses);

/// <summary>The frameworks that reports can be put to: report-frameworks.json.</summary>
internal static class ReportFrameworks
{
    public static readonly FrozenDictionary<string, ReportFramework> All = Read().ToFrozenDictionary();

    private static Dictionary<string, ReportFramework> Read()
    {
        using var file = typeof(ReportFrameworks).Assembly.GetManifestResourceStream("report-frameworks.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, ReportFramework>>(file, CrossAuditJson.Options)!;
    }
}
