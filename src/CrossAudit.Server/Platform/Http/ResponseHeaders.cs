using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace CrossAudit.Server.Platform.Http;

/// <summary>The headers that every answer carries, errors included: ids, the time it took, and what browsers must not do with it.</summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    // An API answer is data: nothing in it may run, and nobody may frame it.
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    // The documentation pages bring their own scripts and styles, all from here. Both write styles while they run; ReDoc searches in a worker made of text.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // Written at the last moment: the exception handler clears what stands in an answer before.
        http.Response.OnStarting(static state => Write(((HttpContext, long))state), (http, Stopwatch.GetTimestamp()));
        return next(http);
    }

    private static Task Write((HttpContext Http, long Started) request)
    {
        var (http, headers) = (request.Http, request.Http.Response.Headers);
        headers["X-Request-Id"] = http.RequestId();
        headers["X-Trace-Id"] = http.TraceId();
        headers["X-Process-Time"] = Stopwatch.GetElapsedTime(request.Started).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // A route that answers a page of its own, or what never changes, says so itself.
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = IsPage(http.Request.Path) ? PagePolicy : ApiPolicy;
        if (StringValues.IsNullOrEmpty(headers.CacheControl) && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static bool IsPage(PathString path) => path.StartsWithSegments("/docs", StringComparison.Ordinal) || path.StartsWithSegments("/redoc", StringComparison.Ordinal);
}
