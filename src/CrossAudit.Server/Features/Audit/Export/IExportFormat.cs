using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>A form that events are exported in.</summary>
internal interface IExportFormat
{
    string ContentType { get; }

    /// <summary>Writes the events of the tree; how many there were.</summary>
    Task<long> WriteAsync(Stream output, AuditTree? tree, CancellationToken stop);
}

/// <summary>What is exported.</summary>
/// <param name="Filter">What it is narrowed to.</param>
/// <param name="After">The number of the last event that is known already; null for all.</param>
internal sealed record ExportRequest(AuditFilter Filter, long? After);
