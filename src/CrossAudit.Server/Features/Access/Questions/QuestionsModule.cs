using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Access.Grants;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>Who may do what, and why.</summary>
internal static class QuestionsModule
{
    private const int MostChecks = 100;

    public static void MapQuestions(this RouteGroupBuilder access)
    {
        access.MapPost("/check", Check).RequireSignIn().Refuses(400, ErrorCodes.PermissionUnknown).Refuses(403, ErrorCodes.PermissionDenied).Refuses(404, ErrorCodes.NotFound);
        access.MapGet("/who-can", WhoCan).RequirePermission(Permissions.RolesRead).Refuses(400, ErrorCodes.PermissionUnknown).Refuses(404, ErrorCodes.NotFound);
        access.MapGet("/users/{userId:guid}/roles", ListUserRoles).RequireSignIn().Refuses(403, ErrorCodes.PermissionDenied);
        access.MapGet("/users/{userId:guid}/permissions", ListUserPermissions).RequireSignIn().Refuses(403, ErrorCodes.PermissionDenied);
        access.MapGet("/access-review", ReviewAccess).RequirePermission(Permissions.RolesRead);
        access.MapGet("/access-review/export", ExportReview).RequirePermission(Permissions.RolesRead).Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    /// <summary>Tells whether somebody may do something, and why: one question, or up to 100 of them.</summary>
    /// <remarks>About oneself anybody may ask; about others it needs <c>roles.read</c>. A document, thread or department that the caller may not know of is not there.</remarks>
    internal static async Task<Results<Ok<Envelope<OneOrMany<CheckView>>>, ProblemHttpResult>> Check(OneOrMany<CheckRequest> request, AccessQuestions questions, CancellationToken stop)
    {
        if (request.Count is 0 or > MostChecks)
            return Problems.Invalid(ErrorCodes.RequestInvalid, $"It takes 1 to {MostChecks} questions.");
        var answers = new List<CheckView>(request.Count);
        foreach (var question in request)
        {
            if (question is null)
                return Problems.Invalid(ErrorCodes.RequestInvalid, "A question is an object.");
            if (FormValidation.Check(question) is { } invalid)
                return invalid;
            if ((question.ResourceType is null) != (question.ResourceId is null))
                return Problems.InvalidField("resource_id", "A resource is named by its type and its id together.");
            var answer = await questions.CheckAsync(question, stop);
            if (answer.Refusal is { } why)
                return Refuse(why, why == QuestionRefusal.UserMissing ? question.UserId : question.ResourceId);
            answers.Add(answer.Value);
        }
        return TypedResults.Ok(Envelope.Of(new OneOrMany<CheckView>(answers, request.IsOne)));
    }

    /// <summary>Lists everybody who may do something, each with all that allows it.</summary>
    /// <param name="permission">The permission.</param>
    /// <param name="resource_type">What it is asked for: <c>document</c>, <c>thread</c> or <c>department</c>; the organization at large where left out.</param>
    /// <param name="resource_id">Which one of that type.</param>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<HolderView>>>, ProblemHttpResult>> WhoCan(
        [Required, Text(101, MinLength = 3)] string permission, HttpContext http, AccessQuestions questions, CancellationToken stop,
        [AllowedValues(null, "document", "thread", "department", ErrorMessage = "It is document, thread or department.")] string? resource_type = null, Guid? resource_id = null,
        [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        if ((resource_type is null) != (resource_id is null))
            return Problems.InvalidField("resource_id", "A resource is named by its type and its id together.");
        var page = new PageRequest(limit, offset);
        return await questions.WhoCanAsync(permission, resource_type, resource_id, page, stop) switch
        {
            { Refusal: { } why } => Refuse(why, resource_id),
            { Value: var found } => found.Answer(http, page),
        };
    }

    /// <summary>Lists every role that a member has, however they came to it.</summary>
    /// <remarks>About oneself anybody may ask; about others it needs <c>roles.read</c>.</remarks>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<RoleHoldingView>>>, ProblemHttpResult>> ListUserRoles(
        Guid userId, HttpContext http, AccessQuestions questions, RoleGrants grants, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        if (!await questions.MayAskAsync(userId, stop))
            return Refuse(QuestionRefusal.NotAllowed, userId);
        return await grants.OfAsync(userId, stop) is { } held
            ? new Page<RoleHoldingView>([.. held.Skip(offset).Take(limit)], held.Count).Answer(http, new PageRequest(limit, offset))
            : Refuse(QuestionRefusal.UserMissing, userId);
    }

    /// <summary>Lists what a member may do: each permission with every role, ancestor and department through which it came to them.</summary>
    /// <remarks>About oneself anybody may ask; about others it needs <c>roles.read</c>.</remarks>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<EffectivePermissionView>>>, ProblemHttpResult>> ListUserPermissions(
        Guid userId, HttpContext http, AccessQuestions questions, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return await questions.PermissionsOfAsync(userId, page, stop) switch
        {
            { Refusal: { } why } => Refuse(why, userId),
            { Value: var found } => found.Answer(http, page),
        };
    }

    /// <summary>Lists who holds what: the role, where it counts, since when, by whom, when it was last used, and when it ends.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<AccessReviewEntryView>>>> ReviewAccess(
        [AsParameters] AccessReviewFilter filter, HttpContext http, AccessReview review, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await review.ReadAsync(filter, page, stop)).Answer(http, page);
    }

    /// <summary>Exports who holds what as CSV.</summary>
    internal static async Task<PushStreamHttpResult> ExportReview([AsParameters] AccessReviewFilter filter, AccessReview review, CancellationToken stop)
    {
        var entries = await review.ExportAsync(filter, stop);
        return TypedResults.Stream(stream => AccessReviewCsv.WriteAsync(entries, stream, stop), "text/csv; charset=utf-8", "access-review.csv");
    }

    private static ProblemHttpResult Refuse(QuestionRefusal why, Guid? id) => why switch
    {
        QuestionRefusal.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "Asking about others needs the permission roles.read."),
        QuestionRefusal.PermissionUnknown => Problems.InvalidField("permission", "The organization has no permission of this name; a wildcard is none.", ErrorCodes.PermissionUnknown),
        QuestionRefusal.UserMissing => Problems.NotFound("member", id ?? Guid.Empty),
        _ => Problems.NotFound("resource", id ?? Guid.Empty),
    };
}
