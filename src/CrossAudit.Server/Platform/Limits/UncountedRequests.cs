namespace CrossAudit.Server.Platform.Limits;

/// <summary>Endpoint metadata: requests to the route are not counted against the caller's limit.</summary>
// The route says so, and not the form of the request: any request can say that it wants to become a socket.
internal sealed record UncountedRequests
{
    public static UncountedRequests Mark { get; } = new();
}

/// <summary>States that requests to a route are not counted, next to the permission that it needs.</summary>
internal static class UncountedRoutes
{
    public static TBuilder Uncounted<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(UncountedRequests.Mark);
}
