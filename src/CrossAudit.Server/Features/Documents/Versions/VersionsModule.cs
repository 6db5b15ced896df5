using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Documents.Versions;

/// <summary>Old versions brought back, and compared.</summary>
internal static class VersionsModule
{
    public static IServiceCollection AddVersions(this IServiceCollection services) => services
        .AddSingleton<ComparisonLane>()
        .AddScoped<VersionComparison>()
        .AddScoped<VersionRestoring>();

    public static void MapVersions(this RouteGroupBuilder documents)
    {
        documents.MapPost("/{id:guid}/versions/{number:int}/restore", Restore).WithName("documents_restore_version").RequirePermission(Permissions.DocumentsWrite).Refuses(409, ErrorCodes.Conflict).Refuses(412, ErrorCodes.PreconditionFailed);
        documents.MapGet("/{id:guid}/versions/compare", Compare).RequirePermission(Permissions.DocumentsRead).Refuses(409, ErrorCodes.VersionHasNoText, ErrorCodes.VersionTooLarge);
    }

    /// <summary>Makes an old version's content current again, as a new version.</summary>
    /// <remarks>Where the newest version has the same bytes already, none is added, and the answer is 200.</remarks>
    internal static async Task<Results<Created<Envelope<VersionView>>, Ok<Envelope<VersionView>>, ProblemHttpResult>> Restore(
        Guid id, int number, IfMatch ifMatch, VersionRestoring versions, CancellationToken stop) => await versions.RunAsync(id, number, ifMatch, stop) switch
        {
            RestoreOutcome.Done(var version, IsNew: true) => TypedResults.Created($"/api/documents/{id}/versions/{version.VersionNumber}", Envelope.Of(version)),
            RestoreOutcome.Done(var version, _) => TypedResults.Ok(Envelope.Of(version)),
            RestoreOutcome.Refused(DocumentOutcome.Missing) => Problems.NotFound("version of this document", number),
            RestoreOutcome.Refused(var why) => DocumentsModule.Refuse(why, id),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };

    /// <summary>Compares the texts of two versions, line by line.</summary>
    /// <remarks>By the text that was taken out of them: what the files have beside it, such as layout and pictures, is not compared.</remarks>
    /// <param name="from">The number of the version to compare from; the one before <c>to</c> where it is left out.</param>
    /// <param name="to">The number of the version to compare to; the newest where it is left out.</param>
    internal static async Task<Results<Ok<Envelope<ComparisonView>>, ProblemHttpResult>> Compare(
        Guid id, VersionComparison versions, CancellationToken stop, [Range(1, int.MaxValue)] int? from = null, [Range(1, int.MaxValue)] int? to = null) =>
        await versions.RunAsync(id, from, to, stop) switch
        {
            ComparisonOutcome.Done(var view) => TypedResults.Ok(Envelope.Of(view)),
            ComparisonOutcome.WithoutText(var number) => Problems.Conflict(ErrorCodes.VersionHasNoText, $"No text was taken out of version {number}, or not yet."),
            ComparisonOutcome.TooLarge => Problems.Conflict(ErrorCodes.VersionTooLarge, $"Texts of up to {ComparisonLane.MostLines} lines are compared."),
            ComparisonOutcome.DocumentMissing => Problems.NotFound("document", id),
            ComparisonOutcome.Missing(var number) => Problems.NotFound("version of this document", number),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
}
