using System.Text.Json.Nodes;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http.OpenApi;
using CrossAudit.Tests.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>A server with a database of its own, and the description that it publishes.</summary>
public sealed class DescribedApi : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private WebApplication _app = null!;

    internal JsonObject Document { get; private set; } = null!;

    internal JsonObject Schemas => Document["components"]!["schemas"]!.AsObject();

    internal IReadOnlyList<Operation> Operations { get; private set; } = [];

    /// <summary>Every route that is not left out on purpose, as the document names it: <c>GET /api/documents/{id}</c>.</summary>
    internal IReadOnlyList<string> MappedRoutes => [.. Routes(described: true)];

    internal IReadOnlyList<string> LeftOutRoutes => [.. Routes(described: false)];

    public async ValueTask InitializeAsync()
    {
        _app = Build(_folder);
        Document = JsonNode.Parse(await _app.DescribeAsync())!.AsObject();
        Operations = [.. Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject(), (path, method) => new Operation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject()))];
    }

    internal static WebApplication Build(ScratchFolder folder) => Server.Server.Build(SettingsModule.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = folder.Path, ["CROSSAUDIT_URLS"] = "http://127.0.0.1:0" })
        .Build()));

    /// <summary>What stands behind a reference, or the node itself.</summary>
    internal JsonObject Resolve(JsonNode node)
    {
        if (node["$ref"]?.GetValue<string>() is not { } reference)
            return node.AsObject();
        JsonNode? found = Document;
        foreach (var step in reference.TrimStart('#', '/').Split('/'))
            found = found?[step];
        Assert.True(found is not null, $"{reference} leads nowhere.");
        return found.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private IEnumerable<string> Routes(bool described) =>
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is true != described
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{method} {PathOf(endpoint)}";

    private static string PathOf(RouteEndpoint endpoint)
    {
        var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));
        return PathNames.Of($"/{path}");
    }
}

/// <summary>An operation of the description.</summary>
internal sealed record Operation(string Method, string Path, JsonObject Body)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<JsonNode> Parameters => Body["parameters"]?.AsArray().OfType<JsonNode>() ?? [];

    public bool HasParameter(string place, string name) => Parameters.Any(parameter => parameter["in"]!.GetValue<string>() == place && parameter["name"]!.GetValue<string>() == name);
}
