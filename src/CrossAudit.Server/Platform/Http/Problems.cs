using System.Globalization;
using CrossAudit.Contracts.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Every way the API says no, as problem details (RFC 9457). <see cref="ProblemWriter"/> adds what all of them carry.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string what, object id) =>
        Of(StatusCodes.Status404NotFound, ErrorCodes.NotFound, $"There is no {what} with the id {id}.");

    public static ProblemHttpResult Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, code, detail);

    public static ProblemHttpResult Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, code, detail);

    public static ProblemHttpResult Unauthorized(string code, string detail) => Of(StatusCodes.Status401Unauthorized, code, detail);

    public static ProblemHttpResult Invalid(string code, string detail) => Of(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>400 for one field, as the framework's validation would answer it.</summary>
    public static ProblemHttpResult InvalidField(string field, string why, string code = ErrorCodes.RequestInvalid) =>
        TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [why] })
        {
            Status = StatusCodes.Status400BadRequest,
            Detail = why,
            Extensions = { ["code"] = code },
        });

    /// <summary>412: the caller's <c>If-Match</c> names an older revision, or someone was faster.</summary>
    public static ProblemHttpResult Stale(string what) =>
        Of(StatusCodes.Status412PreconditionFailed, ErrorCodes.PreconditionFailed, $"The {what} has changed since you read it. Read it again and retry.");

    /// <summary>409: someone else changed the resource at the same moment, and the caller had set no condition.</summary>
    public static ProblemHttpResult LostRace(string what) => Conflict(ErrorCodes.Conflict, $"The {what} was changed by someone else at the same moment. Read it again and retry.");

    /// <summary>429: the caller has to wait, and is told how long.</summary>
    public static ProblemHttpResult TooMany(HttpContext http, string code, string why, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Of(StatusCodes.Status429TooManyRequests, code, $"{why} The next one can be made in {seconds} s.");
    }

    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } });

    /// <summary>The code of a refusal that the framework makes by status alone.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => ErrorCodes.RequestInvalid,
        401 => ErrorCodes.Unauthenticated,
        403 => ErrorCodes.PermissionDenied,
        404 => ErrorCodes.RouteNotFound,
        405 => ErrorCodes.MethodNotAllowed,
        412 => ErrorCodes.PreconditionFailed,
        413 => ErrorCodes.BodyTooLarge,
        415 => ErrorCodes.MediaTypeUnsupported,
        429 => ErrorCodes.TooManyRequests,
        503 => ErrorCodes.ServerUnavailable,
        >= 500 => ErrorCodes.ServerFault,
        _ => ErrorCodes.RequestRefused,
    };
}
