using CrossAudit.Server.Platform.Http.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The headers by which a caller makes its request depend on what it has read (RFC 9110, section 13) or asked for before.</summary>
internal sealed class RequestConditions : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Handler()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(IfMatch)) is true)
            Add(operation, "If-Match", "Makes the change only if the resource still has the revision of this `ETag`; else 412. Left out, or `*`: whatever its state.", "\"3-0f1e2d3c4b5a6978\"");
        if (context.Description.HttpMethod == HttpMethods.Get && context.All<EntityTagged>().Any())
        {
            Add(operation, "If-None-Match", "The `ETag` that the caller has already: 304 without a body if it is the newest.", "\"3-0f1e2d3c4b5a6978\"");
            operation.Responses!["304"] = NotModified();
        }
        if (context.TakesIdempotencyKeys())
            Add(operation, IdempotencyKeys.Header, "Makes it once: the same request with this key within 24 h answers the first answer again.", "\"8e03978e-40d5-43e6-bc93-6fa8ae61b6ef\"");
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
