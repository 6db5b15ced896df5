using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Names the parameters of paths as everything else on the wire is named: <c>{orgId}</c> in a route is <c>{org_id}</c> to callers.</summary>
internal sealed partial class PathNames : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var renamed = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            renamed[Of(path)] = item;
            foreach (var parameter in item.Operations?.Values.SelectMany(operation => operation.Parameters ?? []).OfType<OpenApiParameter>() ?? [])
                if (parameter.In == ParameterLocation.Path)
                    parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
        }
        document.Paths = renamed;
        return Task.CompletedTask;
    }

    /// <summary>The path as it is described.</summary>
    public static string Of(string path) => Parameter().Replace(path, name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.Value));

    [GeneratedRegex(@"(?<=\{)\w+")]
    private static partial Regex Parameter();
}
