using CrossAudit.Contracts.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace CrossAudit.Server.Platform.Http;

/// <summary>
/// Writes every problem, whoever found it: handlers, validation, routing, authentication or the exception handler. It answers JSON whatever
/// <c>Accept</c> says, for an error without a body helps nobody.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        var status = problem.Status ?? http.Response.StatusCode;
        problem.Status = status;
        if (problem is HttpValidationProblemDetails invalid)
            invalid.Errors = FieldNames.OnTheWire(invalid.Errors);
        var code = problem.Extensions.TryGetValue("code", out var known) && known is string text ? text : Problems.CodeOf(status);
        problem.Extensions["code"] = code;
        problem.Extensions["trace_id"] = http.TraceId();
        problem.Extensions.Remove("traceId");
        problem.Type = $"urn:crossaudit:problem:{code}";
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= DetailOf(status, http);
        problem.Instance ??= http.Request.Path;
        http.Response.StatusCode = status;
        // RFC 9110, section 11.6.1: every 401 says how to sign in, whoever refuses.
        if (status == StatusCodes.Status401Unauthorized && http.Response.Headers.WWWAuthenticate.Count == 0)
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"CrossAudit\"";
        await http.Response.WriteAsJsonAsync(problem, problem.GetType(), CrossAuditJson.Options, "application/problem+json", http.RequestAborted);
    }

    private static string DetailOf(int status, HttpContext http) => status switch
    {
        400 => "The request does not have the form that this route takes.",
        401 => "Sign in first: this route takes an access token as bearer.",
        404 => $"Nothing answers at {http.Request.Path}.",
        405 => $"{http.Request.Method} is not possible here; the Allow header names what is.",
        413 => "The body is larger than this route takes.",
        415 => "The body is not of a media type that this route takes.",
        _ => ReasonPhrases.GetReasonPhrase(status) + ".",
    };
}
