using System.Diagnostics;

namespace CrossAudit.Server.Platform.Http;

/// <summary>The ids under which one request is found again, in the answer, the log and the audit trail.</summary>
internal static class RequestTrace
{
    private const int LongestRequestId = 128;

    /// <summary>The W3C trace id: of the caller's <c>traceparent</c> where it sent one.</summary>
    public static string TraceId(this HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    /// <summary>The caller's own <c>X-Request-Id</c> if it is sane, else the trace id.</summary>
    public static string RequestId(this HttpContext http) =>
        http.Request.Headers["X-Request-Id"] is [{ Length: > 0 and <= LongestRequestId } sent] && sent.All(IsPlain) ? sent : http.TraceId();

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
