using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Documents.Log;

/// <summary>What the trail says of one document.</summary>
internal static class DocumentLogModule
{
    public static IServiceCollection AddDocumentLog(this IServiceCollection services) => services.AddScoped<DocumentLog>();

    public static void MapDocumentLog(this RouteGroupBuilder documents)
    {
        documents.MapGet("/{id:guid}/history", History).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}/access-log", AccessLog).RequirePermission(Permissions.AuditRead);
    }

    /// <summary>Lists a document's changes, newest first: who changed what, when, and why.</summary>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<DocumentChangeView>>>, ProblemHttpResult>> History(
        Guid id, HttpContext http, DocumentLog log, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return await log.HistoryAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("document", id);
    }

    /// <summary>Lists who has read, downloaded or changed a document, or was refused to, newest first.</summary>
    /// <remarks>For whoever reads the trail and may see the document. Reading this is an event too.</remarks>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<AuditLogView>>>, ProblemHttpResult>> AccessLog(
        Guid id, HttpContext http, DocumentLog log, CancellationToken stop, [Range(1, 1000)] int limit = 100, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return await log.AccessAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("document", id);
    }
}
