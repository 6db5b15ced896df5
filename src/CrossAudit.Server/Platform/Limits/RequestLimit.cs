using System.Globalization;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>
/// How many requests a minute a caller has (<c>RATE_LIMIT_PER_MINUTE</c>), told on every answer as draft-ietf-httpapi-ratelimit-headers has it. Probes of
/// health are not counted, nor is opening a chat socket, which has limits of its own.
/// </summary>
internal sealed class RequestLimit(RequestDelegate next, Settings settings, TimeProvider clock)
{
    private readonly RequestCounts _counts = new(settings.RequestsPerMinute, clock);
    private readonly string _policy = string.Create(CultureInfo.InvariantCulture, $"\"requests\";q={settings.RequestsPerMinute};w=60");

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<UncountedRequests>() is not null)
            return next(http);
        var verdict = _counts.Count(CallerOf(http));
        // At the last moment: the exception handler clears what stands in an answer before.
        http.Response.OnStarting(static state => Write(((HttpContext, string, RequestVerdict))state), (http, _policy, verdict));
        return verdict.Left >= 0
            ? next(http)
            : Problems.TooMany(http, ErrorCodes.TooManyRequests, "Too many requests: RATE_LIMIT_PER_MINUTE says how many a minute has.", TimeSpan.FromSeconds(verdict.Seconds)).ExecuteAsync(http);
    }

    private static Caller CallerOf(HttpContext http)
    {
        var scope = http.RequestServices.GetRequiredService<DataScope>();
        return new Caller(scope.OrganizationId, scope.ActorId, scope.ActorId == Guid.Empty ? AddressBlock.Of(http.Connection.RemoteIpAddress) : null);
    }

    private static Task Write((HttpContext Http, string Policy, RequestVerdict Verdict) answer)
    {
        var headers = answer.Http.Response.Headers;
        // Beside what an API key's own limits say.
        headers.Append("RateLimit-Policy", answer.Policy);
        headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"requests\";r={Math.Max(0, answer.Verdict.Left)};t={answer.Verdict.Seconds}"));
        return Task.CompletedTask;
    }
}
