using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Erasure;

/// <summary>Erasing what the trail says of a person.</summary>
internal static class ErasureModule
{
    public static IServiceCollection AddErasure(this IServiceCollection services) => services.AddScoped<ErasureService>().AddWork<TrailErasure, ErasureWork>();

    public static void MapErasure(this RouteGroupBuilder audit)
    {
        audit.MapPost("/erasures", Erase).RequirePermission(Permissions.AuditManage).RequireRecentSignIn().Refuses(404, ErrorCodes.NotFound).Refuses(409, ErrorCodes.AuditSubjectIsMember, ErrorCodes.AuditOnLegalHold);
        audit.MapGet("/erasures", ListErasures).RequirePermission(Permissions.AuditRead);
    }

    /// <summary>Erases what the trail says of a person.</summary>
    /// <remarks>
    /// Of the events that they did, that were done to them, or that name their e-mail address, label, address, program, changes and metadata go, for good. What was done, to which ids and when, stays,
    /// and so does every proof. The person is no member any more. It is done in the background, is an event itself, and needs a recent proof of who one is.
    /// </remarks>
    internal static async Task<Results<Accepted<Envelope<ErasureView>>, ProblemHttpResult>> Erase(CreateErasureRequest request, ErasureService erasures, CancellationToken stop) =>
        await erasures.RequestAsync(request, stop) switch
        {
            ErasureOutcome.Requested(var erasure) => TypedResults.Accepted("/api/audit/erasures", Envelope.Of(erasure)),
            ErasureOutcome.IsMember => Problems.Conflict(ErrorCodes.AuditSubjectIsMember, "The person is still a member of the organization."),
            ErasureOutcome.OnHold => Problems.Conflict(ErrorCodes.AuditOnLegalHold, "The trail is under legal hold."),
            _ => Problems.NotFound("account in this trail", request.UserId),
        };

    /// <summary>Lists the erasures, newest first.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<ErasureView>>>> ListErasures(
        HttpContext http, ErasureService erasures, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await erasures.ListAsync(page, stop)).Answer(http, page);
    }
}
