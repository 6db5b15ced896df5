using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// Lets as many passwords be hashed at a time as there are processors, and a few wait. A hash is made to be dear; without a lane of its own, a flood
/// of sign-ins by strangers would take every thread and much memory from everybody else.
/// </summary>
internal sealed class HashingLane : IEndpointFilter, IDisposable
{
    private const int MostWaiting = 64;

    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int _waiting;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return Busy(context.HttpContext);
        }
        try
        {
            await _places.WaitAsync(context.HttpContext.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await next(context);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static ProblemHttpResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServerUnavailable, "Too many people sign in at this moment. Try again in two seconds.");
    }
}
