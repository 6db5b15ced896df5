using System.Globalization;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Auth.Throttling;

/// <summary>The answer to whoever has to wait.</summary>
internal static class LockOut
{
    public static ProblemHttpResult Answer(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, ErrorCodes.LockedOut, $"There were too many attempts. The next one can be made in {seconds} s.");
    }
}
