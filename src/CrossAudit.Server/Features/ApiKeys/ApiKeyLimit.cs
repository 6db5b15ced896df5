using System.Globalization;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>How many requests an API key has in a minute and in an hour: counted for all nodes together, and told on every answer.</summary>
internal sealed class ApiKeyLimit(RequestDelegate next, IQuotas quotas)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<CurrentActor>().Actor.Key is not { } key || http.GetEndpoint()?.Metadata.GetMetadata<UncountedRequests>() is not null)
        {
            await next(http);
            return;
        }
        Quota[] own = [new("minute", key.RequestsPerMinute, TimeSpan.FromMinutes(1)), new("hour", key.RequestsPerHour, TimeSpan.FromHours(1))];
        var states = await quotas.TakeAsync(key.Id, own);
        // At the last moment: the exception handler clears what stands in an answer before.
        http.Response.OnStarting(static state => Write(((HttpContext, Quota[], IReadOnlyList<QuotaState>))state), (http, own, states));
        if (states.Max(state => state.RetryAfter) is { } wait)
            await Problems.TooMany(http, ErrorCodes.TooManyRequests, "Too many requests came with this API key.", wait).ExecuteAsync(http);
        else
            await next(http);
    }

    private static Task Write((HttpContext Http, Quota[] Quotas, IReadOnlyList<QuotaState> States) answer)
    {
        var headers = answer.Http.Response.Headers;
        foreach (var (quota, state) in answer.Quotas.Zip(answer.States))
        {
            headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"key-{quota.Name}\";q={quota.Limit};w={quota.Window.TotalSeconds:0}"));
            headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"key-{quota.Name}\";r={state.Left};t={Math.Ceiling(state.ResetAfter.TotalSeconds):0}"));
        }
        return Task.CompletedTask;
    }
}
