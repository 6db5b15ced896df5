using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Retention.Disposals;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Documents.Retention;

using DocumentResult = Results<EntityResult<DocumentView>, ProblemHttpResult>;

/// <summary>How long documents are kept, and what must not be destroyed.</summary>
internal static class RetentionModule
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton(RetentionDescription.Area)
        .AddScoped<RetentionRollout>()
        .AddScoped<DisposalQueries>()
        .AddWork<Document, DocumentDisposal>()
        .AddScoped<RetentionService>();

    public static void MapRetention(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/api/documents").WithTags("Retention");

        documents.MapPut("/{id:guid}/retention", SetRetention).RequirePermission(Permissions.DocumentsDelete).Refuses(409, ErrorCodes.Conflict);
        documents.MapPut("/{id:guid}/legal-hold", SetLegalHold).RequirePermission(Permissions.DocumentsHold).Refuses(409, ErrorCodes.Conflict);
        documents.MapPost("/retention/preview", Preview).RequirePermission(Permissions.DocumentsDelete);
        documents.MapGet("/retention/disposals", ListDisposals).RequirePermission(Permissions.DocumentsDelete);
        documents.MapGet("/retention/disposals/{id:guid}", GetDisposal).RequirePermission(Permissions.DocumentsDelete);
    }

    /// <summary>Sets how long a document is kept.</summary>
    internal static async Task<DocumentResult> SetRetention(Guid id, SetRetentionRequest request, IfMatch ifMatch, RetentionService retention, CancellationToken stop) =>
        Answer(await retention.SetPolicyAsync(id, request, ifMatch, stop), id);

    /// <summary>Places a document under legal hold, or ends the hold.</summary>
    /// <remarks>A document under hold cannot be deleted. One in the bin can be held too.</remarks>
    internal static async Task<DocumentResult> SetLegalHold(Guid id, SetLegalHoldRequest request, IfMatch ifMatch, RetentionService retention, CancellationToken stop) =>
        Answer(await retention.SetHoldAsync(id, request, ifMatch, stop), id);

    /// <summary>Tells what would be disposed of, when, and by which rule.</summary>
    /// <remarks>A dry run: nothing is changed. What is under legal hold is not listed, for nothing disposes of it.</remarks>
    internal static async Task<Ok<Envelope<IReadOnlyList<PlannedDisposalView>>>> Preview(RetentionPreviewRequest request, HttpContext http, DisposalQueries disposals, CancellationToken stop) =>
        (await disposals.PreviewAsync(request, stop)).Answer(http, new PageRequest(request.Limit, request.Offset));

    /// <summary>Lists what was destroyed, newest first.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<DisposalView>>>> ListDisposals(
        HttpContext http, DisposalQueries disposals, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await disposals.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Reads the signed certificate of what was destroyed.</summary>
    internal static async Task<Results<EntityResult<DisposalCertificateView>, ProblemHttpResult>> GetDisposal(Guid id, DisposalQueries disposals, CancellationToken stop) =>
        await disposals.FindAsync(id, stop) is { } found ? new Revised<DisposalCertificateView>(found).Answer() : Problems.NotFound("disposal", id);

    private static DocumentResult Answer(DocumentOutcome outcome, Guid id) =>
        outcome is DocumentOutcome.Done(var document) ? document.Answer() : DocumentsModule.Refuse(outcome, id);
}
