using CrossAudit.Contracts.Health;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Platform.Health;

/// <summary>How the server is, for people, balancers and orchestrators.</summary>
internal static class HealthModule
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton(HealthDescription.Area).AddSingleton<ComponentProbes>();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("").WithTags("Health").AllowAnonymous();

        health.MapGet("/", Root);
        health.MapGet("/health", Health).WithName("health_status").Produces<HealthView>(StatusCodes.Status503ServiceUnavailable).Uncounted();
        health.MapGet("/health/live", Live).Uncounted();
        health.MapGet("/health/ready", Ready).Produces<HealthView>(StatusCodes.Status503ServiceUnavailable).Uncounted();
    }

    /// <summary>Says what answers here.</summary>
    internal static Ok<RootView> Root() => TypedResults.Ok(new RootView { Message = $"CrossAudit AI API v{Product.ApiVersion}", Version = Product.ApiVersion, Docs = "/docs", Health = "/health" });

    /// <summary>Says whether the server can do its work.</summary>
    internal static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> Health(ComponentProbes probes, CancellationToken stop) =>
        Answer(new HealthView { Status = StatusOf(await probes.ReadAsync(stop)), Version = Product.ApiVersion });

    /// <summary>Says that the process runs; it asks nothing else.</summary>
    internal static Ok<HealthView> Live() => TypedResults.Ok(new HealthView { Status = ComponentHealth.Healthy, Version = Product.ApiVersion });

    /// <summary>Says how each thing that the server stands on is.</summary>
    internal static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> Ready(ComponentProbes probes, CancellationToken stop)
    {
        var components = await probes.ReadAsync(stop);
        return Answer(new HealthView
        {
            Status = StatusOf(components),
            Version = Product.ApiVersion,
            Components = components.ToDictionary(component => component.Key, component => new ComponentView { Status = component.Value.Status, Detail = component.Value.Detail }),
        });
    }

    // Without its database a node is of no use. Without the rest it still answers most of what it is asked, and taking all nodes out would help nobody.
    private static string StatusOf(IReadOnlyDictionary<string, ComponentHealth> components) =>
        components["database"].Status != ComponentHealth.Healthy ? ComponentHealth.Unhealthy
        : components.Values.All(component => component.Status == ComponentHealth.Healthy) ? ComponentHealth.Healthy
        : ComponentHealth.Degraded;

    private static Results<Ok<HealthView>, JsonHttpResult<HealthView>> Answer(HealthView view) =>
        view.Status == ComponentHealth.Unhealthy ? TypedResults.Json(view, statusCode: StatusCodes.Status503ServiceUnavailable) : TypedResults.Ok(view);
}
