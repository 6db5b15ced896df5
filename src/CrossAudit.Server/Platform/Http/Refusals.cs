namespace CrossAudit.Server.Platform.Http;

/// <summary>Endpoint metadata: refusals of a route's own, beside those that follow from its form (a body, an id, a permission).</summary>
internal sealed record Refusal(int Status, IReadOnlyList<string> Codes);

/// <summary>States what a route may refuse, next to the permission that it needs.</summary>
internal static class Refusals
{
    /// <summary>The route may answer <paramref name="status"/> with one of these codes.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Refusal(status, codes));
}
