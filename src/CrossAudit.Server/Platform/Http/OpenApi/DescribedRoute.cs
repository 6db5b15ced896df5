using System.Reflection;
using CrossAudit.Server.Platform.Http.Idempotency;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>What transformers ask of the route they describe.</summary>
internal static class DescribedRoute
{
    /// <summary>The method that answers.</summary>
    public static MethodInfo? Handler(this OpenApiOperationTransformerContext context) => context.All<MethodInfo>().FirstOrDefault();

    /// <summary>Whether its requests are counted against the caller's limit.</summary>
    public static bool IsCounted(this OpenApiOperationTransformerContext context) => !context.All<UncountedRequests>().Any();

    /// <summary>Whether it makes a thing once for an idempotency key.</summary>
    public static bool TakesIdempotencyKeys(this OpenApiOperationTransformerContext context) => IdempotencyKeys.AreTakenBy(context.Description.ActionDescriptor.EndpointMetadata);

    /// <summary>The route's metadata of a kind.</summary>
    public static IEnumerable<T> All<T>(this OpenApiOperationTransformerContext context) => context.Description.ActionDescriptor.EndpointMetadata.OfType<T>();
}
