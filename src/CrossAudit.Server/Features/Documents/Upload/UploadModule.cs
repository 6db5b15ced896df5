using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Features.Documents.Upload;

using UploadResult = Results<Created<Envelope<UploadView>>, Ok<Envelope<UploadView>>, ProblemHttpResult>;

/// <summary>Uploads: a new document with its content, or a new version.</summary>
internal static class UploadModule
{
    /// <summary>What a form may take beside the file.</summary>
    private const long FormBytes = 1024 * 1024;

    public static IServiceCollection AddUploads(this IServiceCollection services) => services.AddSingleton<UploadReceiver>().AddScoped<UploadService>();

    public static void MapUploads(this RouteGroupBuilder documents, Settings settings)
    {
        var limit = new RequestSizeLimitAttribute(settings.MaxFileSize + FormBytes);

        documents.MapPost("/upload", Create).WithName("documents_upload").RequirePermission(Permissions.DocumentsWrite)
            .WithMetadata(limit).Accepts<NewDocumentForm>("multipart/form-data")
            .Refuses(400, ErrorCodes.FileEmpty).Refuses(403, ErrorCodes.AboveClearance).Refuses(409, ErrorCodes.DepartmentUnknown)
            .Refuses(413, ErrorCodes.FileTooLarge).Refuses(415, ErrorCodes.FileTypeUnsupported);
        documents.MapPost("/{id:guid}/upload", AddVersion).RequirePermission(Permissions.DocumentsWrite)
            .WithMetadata(limit).Accepts<NewVersionForm>("multipart/form-data")
            .Refuses(400, ErrorCodes.FileEmpty).Refuses(409, ErrorCodes.Conflict)
            .Refuses(413, ErrorCodes.FileTooLarge).Refuses(415, ErrorCodes.FileTypeUnsupported);
    }

    /// <summary>Creates a document with its content.</summary>
    /// <remarks>The type is found from the content, whatever the name says; its text can be searched moments later.</remarks>
    internal static async Task<UploadResult> Create(HttpRequest http, UploadReceiver receiver, UploadService uploads, CancellationToken stop)
    {
        var received = await receiver.ReceiveAsync(http, stop);
        if (received is not ReceiveOutcome.Received(var file))
            return Refuse(received);
        using (file)
        {
            if (ReadFields(file, out var invalid) is not { } request)
                return invalid!;
            return Answer(await uploads.CreateAsync(file, request, stop), null);
        }
    }

    /// <summary>Adds a version.</summary>
    /// <remarks>The same bytes as the newest version's add none, and answer 200.</remarks>
    internal static async Task<UploadResult> AddVersion(Guid id, HttpRequest http, UploadReceiver receiver, UploadService uploads, CancellationToken stop)
    {
        var received = await receiver.ReceiveAsync(http, stop);
        if (received is not ReceiveOutcome.Received(var file))
            return Refuse(received);
        using (file)
        {
            if (FormValidation.Check(new NewVersionFields { ChangeDescription = file.Field("change_description") }) is { } invalid)
                return invalid;
            return Answer(await uploads.AddVersionAsync(id, file, stop), id);
        }
    }

    private static CreateDocumentRequest? ReadFields(ReceivedFile file, out ProblemHttpResult? invalid)
    {
        SensitivityLevel? label = null;
        if (file.Field("sensitivity_level") is { } text)
        {
            if (!Named<SensitivityLevel>.TryParse(text, null, out var named))
            {
                invalid = Problems.InvalidField("sensitivity_level", "It is one of public, internal, confidential and restricted.");
                return null;
            }
            label = named.Value;
        }
        Guid? department = null;
        if (file.Field("department_id") is { } departmentText)
        {
            if (!Guid.TryParse(departmentText, out var departmentId))
            {
                invalid = Problems.InvalidField("department_id", "It is the id of a department.");
                return null;
            }
            department = departmentId;
        }
        var request = new CreateDocumentRequest
        {
            Title = file.Field("title") ?? Path.GetFileNameWithoutExtension(file.Filename),
            Description = file.Field("description"),
            DocumentType = file.Field("document_type") ?? "general",
            SensitivityLevel = label,
            DepartmentId = department,
            Tags = file.Fields.TryGetValue("tags", out var tags) ? [.. tags.OfType<string>().Where(tag => tag.Length > 0)] : [],
        };
        invalid = FormValidation.Check(request);
        return invalid is null ? request : null;
    }

    private static UploadResult Answer(UploadOutcome outcome, Guid? id) => outcome switch
    {
        UploadOutcome.Stored(var view, IsNew: true) => TypedResults.Created(
            id is null ? $"/api/documents/{view.DocumentId}" : $"/api/documents/{id}/versions/{view.VersionNumber}", Envelope.Of(view)),
        UploadOutcome.Stored(var view, _) => TypedResults.Ok(Envelope.Of(view)),
        UploadOutcome.Refused(var why) => DocumentsModule.Refuse(why, id ?? Guid.Empty),
        UploadOutcome.TypeUnsupported(var found) => Problems.Of(
            StatusCodes.Status415UnsupportedMediaType, ErrorCodes.FileTypeUnsupported, $"The file is {found}. What can be governed here: {ContentTypes.SupportedNames}."),
        UploadOutcome.Lost => Problems.Conflict(ErrorCodes.Conflict, "Too many versions were added at the same moment. Retry."),
        _ => Problems.NotFound("document", id!),
    };

    private static ProblemHttpResult Refuse(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.NotMultipart => Problems.Of(StatusCodes.Status415UnsupportedMediaType, ErrorCodes.MediaTypeUnsupported, "An upload is a multipart/form-data body with a part named file."),
        ReceiveOutcome.NoFile => Problems.InvalidField("file", "The form has no part named file."),
        ReceiveOutcome.Empty => Problems.InvalidField("file", "The file has no bytes.", ErrorCodes.FileEmpty),
        ReceiveOutcome.TooLarge => Problems.Of(StatusCodes.Status413PayloadTooLarge, ErrorCodes.FileTooLarge, "The file is larger than this server takes (MAX_FILE_SIZE)."),
        _ => Problems.Invalid(ErrorCodes.RequestInvalid, "The form is cut off, or has too many or too long fields."),
    };
}
