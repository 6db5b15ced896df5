using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Endpoint metadata and filter: how often a route may be tried from one address.</summary>
/// <param name="Name">What is counted; routes with the same name are counted together.</param>
/// <param name="FailuresOnly">Whether what succeeds is not counted.</param>
internal sealed record AddressLimit(string Name, AttemptRule Rule, bool FailuresOnly = true) : IEndpointFilter
{
    /// <summary>Tokens that come by mail: nobody tries many that are not good.</summary>
    public static AddressLimit OneTimeTokens { get; } = new("token", new AttemptRule(20, TimeSpan.FromMinutes(5)));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<Settings>().IsThrottled)
            return await next(context);
        var limits = http.RequestServices.GetRequiredService<IAttemptLimits>();
        AttemptKey[] keys = [new($"{Name}:{AddressBlock.Of(http.Connection.RemoteIpAddress)}", Rule)];
        if (await limits.BeginAsync(keys) is { RetryAfter: { } wait })
            return Problems.TooMany(http, ErrorCodes.TooManyRequests, "Too many requests of this kind came from your address.", wait);
        var answer = await next(context);
        if (FailuresOnly && StatusOf(answer) < StatusCodes.Status400BadRequest)
            await limits.TakeBackAsync(keys);
        return answer;
    }

    private static int? StatusOf(object? answer) => answer switch
    {
        INestedHttpResult { Result: var result } => StatusOf(result),
        IStatusCodeHttpResult { StatusCode: var status } => status,
        _ => null,
    };
}

/// <summary>States how often a route may be tried from one address, next to the permission that it needs.</summary>
internal static class AddressLimits
{
    public static RouteHandlerBuilder LimitPerAddress(this RouteHandlerBuilder route, AddressLimit limit) =>
        route.AddEndpointFilter(limit).Refuses(StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyRequests);
}
