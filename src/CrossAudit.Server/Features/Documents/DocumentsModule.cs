using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings;
using CrossAudit.Server.Features.Documents.Indexing;
using CrossAudit.Server.Features.Documents.Log;
using CrossAudit.Server.Features.Documents.Retention;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Features.Documents.Storage;
using CrossAudit.Server.Features.Documents.Upload;
using CrossAudit.Server.Features.Documents.Versions;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CrossAudit.Server.Features.Documents;

using DocumentResult = Results<EntityResult<DocumentView>, ProblemHttpResult>;

/// <summary>Documents, their versions, and the search in their text.</summary>
internal static class DocumentsModule
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<DocumentQueries>()
        .AddSingleton(DocumentsDescription.Area)
        .AddScoped<IOrganizationData, DocumentData>()
        .AddSingleton<IPlacedResource, PlacedDocuments>()
        .AddScoped<DocumentService>()
        .AddScoped<DocumentList>()
        .AddScoped<VersionService>()
        .AddScoped<FragmentSearch>()
        .AddScoped<FragmentWriting>()
        .AddSingleton<IndexingSignal>()
        .AddScoped<SettledDocument>()
        .AddScoped<DocumentIndex>()
        .AddUploads()
        .AddVersions()
        .AddDocumentLog()
        .AddRetention()
        .AddExtraction()
        .AddWork<DocumentVersion, VersionIndexing>()
        .AddWork<StoredBlob, BlobInspection>();

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/api/documents").WithTags("Documents");

        documents.MapPost("/", Create).RequirePermission(Permissions.DocumentsWrite).Refuses(403, ErrorCodes.AboveClearance).Refuses(409, ErrorCodes.DepartmentUnknown);
        documents.MapGet("/", List).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}", Get).RequirePermission(Permissions.DocumentsRead);
        documents.MapPut("/{id:guid}", Update).RequirePermission(Permissions.DocumentsWrite).Refuses(409, ErrorCodes.DepartmentUnknown, ErrorCodes.Conflict)
            .Refuses(400, ErrorCodes.ReasonRequired).Refuses(403, ErrorCodes.AboveClearance, ErrorCodes.ReclassifyDenied);
        documents.MapDelete("/{id:guid}", Delete).RequirePermission(Permissions.DocumentsDelete).Refuses(409, ErrorCodes.OnLegalHold, ErrorCodes.Conflict);
        documents.MapPost("/{id:guid}/restore", Restore).RequirePermission(Permissions.DocumentsDelete).Refuses(409, ErrorCodes.Conflict);
        documents.MapUploads(routes.ServiceProvider.GetRequiredService<Settings>());
        documents.MapVersions();
        documents.MapDocumentLog();
        documents.MapFindings();
        documents.MapGet("/{id:guid}/versions", ListVersions).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}/versions/{number:int}", GetVersion).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}/versions/{number:int}/content", DownloadVersion).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}/content", Download).RequirePermission(Permissions.DocumentsRead);
        documents.MapGet("/{id:guid}/fragments", ListFragments).RequirePermission(Permissions.DocumentsRead);
        documents.MapPost("/search", Search).RequirePermission(Permissions.DocumentsRead);
    }

    /// <summary>Creates a document's metadata.</summary>
    internal static async Task<Results<CreatedEntityResult<DocumentView>, ProblemHttpResult>> Create(CreateDocumentRequest request, DocumentService documents, CancellationToken stop) =>
        await documents.CreateAsync(request, stop) switch
        {
            DocumentOutcome.Done(var created) => created.CreatedAt($"/api/documents/{created.View.Id}"),
            var refused => Refuse(refused, Guid.Empty),
        };

    /// <summary>Lists documents, newest first unless <c>sort</c> says otherwise.</summary>
    /// <param name="sort">Fields to sort by, separated by commas, <c>-</c> before what is to descend, such as <c>-created_at,title</c>.</param>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<DocumentView>>>, ProblemHttpResult>> List(
        [AsParameters] DocumentFilter filter, HttpContext http, DocumentList documents, CancellationToken stop,
        [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null, string? sort = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return await documents.ReadAsync(filter, sort, page, stop) is { } found
            ? found.Answer(http, page)
            : Problems.InvalidField("sort", $"It lists some of {DocumentList.Sort.Names}, with a - before what is to descend.");
    }

    /// <summary>Reads a document's metadata.</summary>
    /// <remarks>With <c>Prefer: wait=n</c>, up to 30 seconds, the answer comes once <c>status</c> is not <c>pending</c> any more, or when the time is over.</remarks>
    internal static async Task<DocumentResult> Get(Guid id, PreferredWait wait, HttpContext http, SettledDocument documents, CancellationToken stop)
    {
        wait.Applied(http);
        return await documents.FindAsync(id, wait, stop) is { } document ? document.Answer() : Problems.NotFound("document", id);
    }

    /// <summary>Changes a document's metadata: absent fields are left alone.</summary>
    internal static async Task<DocumentResult> Update(Guid id, UpdateDocumentRequest request, IfMatch ifMatch, DocumentService documents, CancellationToken stop) =>
        Answer(await documents.UpdateAsync(id, request, ifMatch, stop), id);

    /// <summary>Moves a document to the bin.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> Delete(Guid id, IfMatch ifMatch, DocumentService documents, CancellationToken stop) =>
        Answer(await documents.DeleteAsync(id, ifMatch, stop), id).Result is ProblemHttpResult problem
            ? problem
            : TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The document is in the bin." }));

    /// <summary>Takes a document back from the bin.</summary>
    internal static async Task<DocumentResult> Restore(Guid id, DocumentService documents, CancellationToken stop) => Answer(await documents.RestoreAsync(id, stop), id);

    /// <summary>Lists a document's versions, newest first.</summary>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<VersionView>>>, ProblemHttpResult>> ListVersions(
        Guid id, HttpContext http, VersionService versions, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return await versions.ListAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("document", id);
    }

    /// <summary>Reads a version.</summary>
    internal static async Task<Results<EntityResult<VersionView>, ProblemHttpResult>> GetVersion(Guid id, int number, VersionService versions, CancellationToken stop) =>
        await versions.FindAsync(id, number, stop) is { } version ? new Revised<VersionView>(version).Answer() : Problems.NotFound("version of this document", number);

    /// <summary>Downloads the newest version's bytes.</summary>
    internal static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Download(Guid id, VersionService versions, CancellationToken stop) =>
        Send(await versions.OpenAsync(id, null, stop), id);

    /// <summary>Downloads a version's bytes.</summary>
    internal static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadVersion(Guid id, int number, VersionService versions, CancellationToken stop) =>
        Send(await versions.OpenAsync(id, number, stop), id);

    /// <summary>Lists the passages of a document, in the order of its text.</summary>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<FragmentView>>>, ProblemHttpResult>> ListFragments(
        Guid id, HttpContext http, VersionService versions, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return await versions.FragmentsAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("document", id);
    }

    /// <summary>Finds passages, the best first.</summary>
    /// <remarks>Ranked by BM25. Quotes mean a phrase, a leading - excludes; any text is a valid query.</remarks>
    internal static async Task<Ok<Envelope<IReadOnlyList<SearchHit>>>> Search(SearchRequest request, FragmentSearch search, CancellationToken stop)
    {
        var hits = await search.SearchAsync(request, stop);
        var hasMore = hits.Count > request.Limit;
        return TypedResults.Ok(Envelope.Of<SearchHit>([.. hits.Take(request.Limit)], new PageMeta { Limit = request.Limit, Offset = request.Offset, HasMore = hasMore }));
    }

    private static Results<FileStreamHttpResult, ProblemHttpResult> Send(VersionContent? content, Guid id) => content is null
        ? Problems.NotFound("document with content", id)
        : TypedResults.Stream(content.Bytes, content.MimeType, content.Filename, content.CreatedAt, new EntityTagHeaderValue($"\"{content.Sha256}\""), enableRangeProcessing: true);

    private static DocumentResult Answer(DocumentOutcome outcome, Guid id) => outcome is DocumentOutcome.Done(var document) ? document.Answer() : Refuse(outcome, id);

    /// <summary>How a change of a document, or a new one, is refused.</summary>
    public static ProblemHttpResult Refuse(DocumentOutcome outcome, Guid id) => outcome switch
    {
        DocumentOutcome.Stale => Problems.Stale("document"),
        DocumentOutcome.Lost => Problems.LostRace("document"),
        DocumentOutcome.NotAllowed(var permission) => Problems.Forbidden(ErrorCodes.PermissionDenied, $"This needs the permission {permission} where the document is, or would come to be."),
        DocumentOutcome.DepartmentUnknown => Problems.Conflict(ErrorCodes.DepartmentUnknown, "The organization has no such department."),
        DocumentOutcome.AboveClearance => Problems.Forbidden(ErrorCodes.AboveClearance, "Nobody labels a document above their own clearance."),
        DocumentOutcome.ReclassifyDenied => Problems.Forbidden(ErrorCodes.ReclassifyDenied, "Lowering a label needs the permission documents.reclassify."),
        DocumentOutcome.ReasonRequired => Problems.InvalidField("reason", "Lowering a label needs a reason.", ErrorCodes.ReasonRequired),
        DocumentOutcome.OnLegalHold => Problems.Conflict(ErrorCodes.OnLegalHold, "The document is under legal hold and cannot be deleted."),
        _ => Problems.NotFound("document", id),
    };
}
