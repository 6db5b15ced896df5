using CrossAudit.Server.Core.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>A route of the server, with one of its methods.</summary>
internal sealed record MappedRoute(string Method, RoutePattern Pattern, RouteEndpoint Endpoint)
{
    /// <summary>How tests name it: <c>PUT /api/documents/{id}</c>.</summary>
    public string Name => $"{Method} /{string.Join('/', Pattern.PathSegments.Select(segment => segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : $"{{{Parameter(segment)}}}"))}";

    public bool IsApi => Pattern.PathSegments is [{ Parts: [RoutePatternLiteralPart { Content: "api" }] }, ..];

    public bool IsPublic => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public string? Permission => Endpoint.Metadata.GetMetadata<PermissionRequirement>()?.Permission;

    /// <summary>Whether it reads a body.</summary>
    public bool TakesBody => Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false };

    /// <summary>Its parameters, each with the literal segment before it, which says whose id it is.</summary>
    public IReadOnlyList<(string Name, string After)> Parameters =>
        [.. Pattern.PathSegments.Select((segment, i) => (segment, i)).Where(part => part.segment.Parts[0] is RoutePatternParameterPart).Select(part => (Parameter(part.segment), LiteralBefore(part.i)))];

    public static IReadOnlyList<MappedRoute> AllOf(RunningServer server) =>
    [
        .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           orderby endpoint.RoutePattern.RawText, method
           select new MappedRoute(method, endpoint.RoutePattern, endpoint),
    ];

    /// <summary>The path with values for its parameters.</summary>
    public string Path(Func<(string Name, string After), string> valueOf) => string.Join('/', Pattern.PathSegments.Select((segment, i) =>
        segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : valueOf((Parameter(segment), LiteralBefore(i)))));

    private string LiteralBefore(int index)
    {
        for (var i = index - 1; i >= 0; i--)
            if (Pattern.PathSegments[i].Parts[0] is RoutePatternLiteralPart literal)
                return literal.Content;
        return "";
    }

    private static string Parameter(RoutePatternPathSegment segment) => ((RoutePatternParameterPart)segment.Parts[0]).Name;
}
