using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Answers what nobody caught: a malformed request, an engine that is away, a client that left, or a fault of ours.</summary>
internal sealed partial class ExceptionAnswers(IProblemDetailsService problems, ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;
    private const int SqliteFull = 13;

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
        if (RetryAfter(problem.Status!.Value, exception) is { } seconds)
            httpContext.Response.Headers.RetryAfter = seconds;
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static string? RetryAfter(int status, Exception exception) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => exception is ServerBusyException ? "2" : "5",
        // Somebody has to make room first.
        StatusCodes.Status507InsufficientStorage => "60",
        _ => null,
    };

    private static ProblemDetails ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: 413 } => Problem(413, ErrorCodes.BodyTooLarge, null),
        BadHttpRequestException bad => MalformedRequests.ProblemOf(bad),
        ServerBusyException busy => Problem(503, ErrorCodes.ServerUnavailable, $"{busy.Message} Try again shortly."),
        _ when IsStorageFull(exception) => Problem(507, ErrorCodes.StorageFull, "There is no room for it on the server. An operator has to make some."),
        BlobDamagedException => Problem(500, ErrorCodes.ServerFault, "The stored file is missing or damaged. The trace id finds the cause in the server's log."),
        BlobStoreUnavailableException => Problem(503, ErrorCodes.ServerUnavailable, "The file store is away. Try again shortly."),
        _ when exception.IsDatabaseAway() => Problem(503, ErrorCodes.ServerUnavailable, "The database is away. Try again shortly."),
        _ => Problem(500, ErrorCodes.ServerFault, "The server failed. The trace id finds the cause in its log."),
    };

    private static bool IsStorageFull(Exception? exception) => exception switch
    {
        StorageFullException or SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        InvalidOperationException or DbUpdateException => IsStorageFull(exception.InnerException),
        _ => false,
    };

    private static ProblemDetails Problem(int status, string code, string? detail) =>
        new() { Status = status, Detail = detail, Extensions = { ["code"] = code } };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, string method, string path, Exception cause);
}
