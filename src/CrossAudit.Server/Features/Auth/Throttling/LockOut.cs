using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Auth.Throttling;

/// <summary>The answer to whoever has to wait.</summary>
internal static class LockOut
{
    public static ProblemHttpResult Answer(HttpContext http, TimeSpan wait) => Problems.TooMany(http, ErrorCodes.LockedOut, "There were too many attempts.", wait);
}
