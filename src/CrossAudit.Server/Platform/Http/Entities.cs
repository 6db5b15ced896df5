using System.Reflection;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CrossAudit.Server.Platform.Http;

/// <summary>A single resource with the revision it was read at; null where its changes are not counted.</summary>
internal readonly record struct Revised<T>(T View, int? Revision = null);

/// <summary>Answers a single resource with its <c>ETag</c>; 304 to a reader who has it already.</summary>
internal sealed class EntityResult<T>(Revised<T> entity) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = EntityBody.Of(entity);
        httpContext.Response.Headers.ETag = body.Tag;
        if (IsRead(httpContext.Request.Method) && IsKnown(httpContext.Request.Headers.IfNoneMatch, body.Tag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return body.WriteAsync(httpContext, StatusCodes.Status200OK);
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // Any of a list, and weakly: a proxy that compresses makes our tag a weak one (RFC 9110, section 13.1.2).
    private static bool IsKnown(StringValues ifNoneMatch, string tag) => EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known)
        && known.Any(sent => sent.Equals(EntityTagHeaderValue.Any) || sent.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Envelope<T>), ["application/json"]));
        builder.Metadata.Add(new EntityTagged(StatusCodes.Status200OK));
    }
}

/// <summary>Answers a resource that was just made, with its <c>Location</c> and <c>ETag</c>.</summary>
internal sealed class CreatedEntityResult<T>(Revised<T> entity, string location) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = EntityBody.Of(entity);
        (httpContext.Response.Headers.ETag, httpContext.Response.Headers.Location) = (body.Tag, location);
        return body.WriteAsync(httpContext, StatusCodes.Status201Created);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(Envelope<T>), ["application/json"]));
        builder.Metadata.Add(new EntityTagged(StatusCodes.Status201Created));
    }
}

/// <summary>Endpoint metadata: answers with this status carry an <c>ETag</c>.</summary>
internal sealed record EntityTagged(int Status);

/// <summary>Answers of services as results.</summary>
internal static class Entities
{
    public static EntityResult<T> Answer<T>(this Revised<T> entity) => new(entity);

    public static CreatedEntityResult<T> CreatedAt<T>(this Revised<T> entity, string location) => new(entity, location);
}
