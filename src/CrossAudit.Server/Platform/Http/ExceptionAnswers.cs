using System.Text.Json;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Answers what nobody caught: a malformed request, an engine that is away, a client that left, or a fault of ours.</summary>
internal sealed partial class ExceptionAnswers(IProblemDetailsService problems, ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }
        var problem = ProblemOf(exception);
        // A flood is no fault, and writing it down line by line would make it worse.
        if (problem.Status >= StatusCodes.Status500InternalServerError && exception is not ServerBusyException)
            LogFault(logger, httpContext.Request.Method, httpContext.Request.Path, exception);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = exception is ServerBusyException ? "2" : "5";
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: 413 } => Problem(413, ErrorCodes.BodyTooLarge, null),
        BadHttpRequestException bad => Malformed(bad),
        ServerBusyException busy => Problem(503, ErrorCodes.ServerUnavailable, $"{busy.Message} Try again shortly."),
        BlobStoreUnavailableException => Problem(503, ErrorCodes.ServerUnavailable, "The file store is away. Try again shortly."),
        _ when exception.IsDatabaseAway() => Problem(503, ErrorCodes.ServerUnavailable, "The database is away. Try again shortly."),
        _ => Problem(500, ErrorCodes.ServerFault, "The server failed. The trace id finds the cause in its log."),
    };

    // The framework's own words on JSON name our types; the path to the field is what the caller can use.
    private static ProblemDetails Malformed(BadHttpRequestException bad)
    {
        var (field, why) = bad switch
        {
            { InnerException: JsonException { Path: ['$', '.', .. var path] } } => (path, "It is not a field that this route takes, or not of its type."),
            { InnerException: JsonException } => (null, "The body is not the JSON that this route takes."),
            _ when bad.Message.StartsWith("Failed to bind parameter", StringComparison.Ordinal) && bad.Message.Split('"') is [_, var declared, _, var value, ..] => (FieldNames.OnTheWire(declared.Split(' ')[^1]), $"\"{value}\" cannot be read."),
            _ => ((string?)null, (string?)null),
        };
        return field is null ? Problem(bad.StatusCode, Problems.CodeOf(bad.StatusCode), why) : Problems.InvalidField(field, why!).ProblemDetails;
    }

    private static ProblemDetails Problem(int status, string code, string? detail) =>
        new() { Status = status, Detail = detail, Extensions = { ["code"] = code } };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, string method, string path, Exception cause);
}
