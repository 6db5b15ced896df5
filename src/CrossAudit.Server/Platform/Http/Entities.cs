using System.Globalization;
using System.Reflection;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CrossAudit.Server.Platform.Http;

/// <summary>A single resource with the revision it was read at.</summary>
internal readonly record struct Revised<T>(T View, int Revision);

/// <summary>Answers a single resource with its <c>ETag</c>; 304 to a reader who has it already.</summary>
internal sealed class EntityResult<T>(Revised<T> entity) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = EntityTags.Of(entity.Revision);
        httpContext.Response.Headers.ETag = tag;
        if (HttpMethods.IsGet(httpContext.Request.Method) && IsKnown(httpContext.Request.Headers.IfNoneMatch, tag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return TypedResults.Ok(Envelope.Of(entity.View)).ExecuteAsync(httpContext);
    }

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
        httpContext.Response.Headers.ETag = EntityTags.Of(entity.Revision);
        return TypedResults.Created(location, Envelope.Of(entity.View)).ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(Envelope<T>), ["application/json"]));
        builder.Metadata.Add(new EntityTagged(StatusCodes.Status201Created));
    }
}

/// <summary>Endpoint metadata: answers with this status carry an <c>ETag</c>.</summary>
internal sealed record EntityTagged(int Status);

/// <summary>Revisions as entity tags (RFC 9110, section 8.8.3).</summary>
internal static class EntityTags
{
    public static EntityResult<T> Answer<T>(this Revised<T> entity) => new(entity);

    public static CreatedEntityResult<T> CreatedAt<T>(this Revised<T> entity, string location) => new(entity, location);

    public static string Of(int revision) => $"\"{revision.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Whether the caller's <c>If-Match</c>, if it sent one, allows a change to this revision.</summary>
    public static bool Allows(this IfMatch ifMatch, int revision) => ifMatch.Tags is null || Array.Exists(ifMatch.Tags, tag => tag == "*" || tag == Of(revision));
}

/// <summary>The condition under which the caller wants its change made.</summary>
/// <param name="Tags">The entity tags sent; null where there is no condition.</param>
internal readonly record struct IfMatch(string[]? Tags)
{
    /// <summary>Whether the caller has set a condition at all.</summary>
    public bool IsConditional => Tags is not null;

    public static ValueTask<IfMatch> BindAsync(HttpContext http) =>
        ValueTask.FromResult(new IfMatch(http.Request.Headers.IfMatch is { Count: > 0 } sent
            ? sent.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null));
}
