using CrossAudit.Contracts.Health;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Platform.Health;

/// <summary>What the API description says of health.</summary>
internal static class HealthDescription
{
    public static ApiArea Area { get; } = new(
        "Health",
        "How the server is, for people, balancers and orchestrators.",
        new RootView { Message = $"CrossAudit AI API v{Product.ApiVersion}", Version = Product.ApiVersion, Docs = "/docs", Health = "/health" },
        new HealthView
        {
            Status = ComponentHealth.Healthy,
            Version = Product.ApiVersion,
            Components = new Dictionary<string, ComponentView> { ["database"] = new() { Status = ComponentHealth.Healthy } },
        });
}
