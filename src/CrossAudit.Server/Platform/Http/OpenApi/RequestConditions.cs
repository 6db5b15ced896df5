using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The headers by which a caller makes its request depend on what it has read before (RFC 9110, section 13).</summary>
internal sealed class RequestConditions : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Handler()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(IfMatch)) is true)
            Add(operation, "If-Match", "Makes the change only if the resource still has this `ETag`; else 412. Left out, or `*`: whatever its state.", "\"3\"");
        if (context.Description.HttpMethod == HttpMethods.Get && context.All<EntityTagged>().Any())
        {
            Add(operation, "If-None-Match", "The `ETag` that the caller has already: 304 without a body if it is the newest.", "\"3\"");
            operation.Responses!["304"] = NotModified();
        }
        return Task.CompletedTask;
    }

    public static void Add(OpenApiOperation operation, string header, string description, string example) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = header,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    });

    public static OpenApiResponse NotModified() => new() { Description = "What the caller has is the newest." };
}
