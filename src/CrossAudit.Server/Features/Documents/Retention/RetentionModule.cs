using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Documents.Retention;

using DocumentResult = Results<EntityResult<DocumentView>, ProblemHttpResult>;

/// <summary>How long documents are kept, and what must not be destroyed.</summary>
internal static class RetentionModule
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton(RetentionDescription.Area)
        .AddScoped<RetentionService>();

    public static void MapRetention(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/api/documents").WithTags("Retention");

        documents.MapPut("/{id:guid}/retention", SetRetention).RequirePermission(Permissions.DocumentsDelete).Refuses(409, ErrorCodes.Conflict);
        documents.MapPut("/{id:guid}/legal-hold", SetLegalHold).RequirePermission(Permissions.DocumentsHold).Refuses(409, ErrorCodes.Conflict);
    }

    /// <summary>Sets how long a document is kept.</summary>
    internal static async Task<DocumentResult> SetRetention(Guid id, SetRetentionRequest request, IfMatch ifMatch, RetentionService retention, CancellationToken stop) =>
        Answer(await retention.SetPolicyAsync(id, request, ifMatch, stop), id);

    /// <summary>Places a document under legal hold, or ends the hold.</summary>
    /// <remarks>A document under hold cannot be deleted. One in the bin can be held too.</remarks>
    internal static async Task<DocumentResult> SetLegalHold(Guid id, SetLegalHoldRequest request, IfMatch ifMatch, RetentionService retention, CancellationToken stop) =>
        Answer(await retention.SetHoldAsync(id, request, ifMatch, stop), id);

    private static DocumentResult Answer(DocumentOutcome outcome, Guid id) =>
        outcome is DocumentOutcome.Done(var document) ? document.Answer() : DocumentsModule.Refuse(outcome, id);
}
