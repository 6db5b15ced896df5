using System.Reflection;
using Microsoft.AspNetCore.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>What transformers ask of the route they describe.</summary>
internal static class DescribedRoute
{
    /// <summary>The method that answers.</summary>
    public static MethodInfo? Handler(this OpenApiOperationTransformerContext context) => context.All<MethodInfo>().FirstOrDefault();

    /// <summary>The route's metadata of a kind.</summary>
    public static IEnumerable<T> All<T>(this OpenApiOperationTransformerContext context) => context.Description.ActionDescriptor.EndpointMetadata.OfType<T>();
}
