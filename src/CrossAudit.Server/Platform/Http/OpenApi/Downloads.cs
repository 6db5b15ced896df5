using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Routes that answer bytes: whole, in part, or not at all to a reader who has them.</summary>
internal sealed class Downloads : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!AnswersBytes(context.Handler()?.ReturnType))
            return Task.CompletedTask;
        RequestConditions.Add(operation, "Range", "Asks for part of the bytes (RFC 9110, section 14).", "bytes=0-1023");
        RequestConditions.Add(operation, "If-None-Match", "The `ETag` that the caller has already: 304 without a body if it is the newest.", "\"9f86d081884c7d65\"");
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Bytes("The bytes, as they were uploaded.", "Content-Disposition", "Accept-Ranges"),
            ["206"] = Bytes("The part asked for.", "Content-Range"),
            ["304"] = RequestConditions.NotModified(),
        };
        return Task.CompletedTask;
    }

    public static bool AnswersBytes(Type? answer) =>
        answer is not null && (answer == typeof(FileStreamHttpResult) || (answer.IsGenericType && Array.Exists(answer.GetGenericArguments(), AnswersBytes)));

    private static OpenApiResponse Bytes(string description, params string[] headers) => new()
    {
        Description = description,
        Headers = headers.ToDictionary(name => name, _ => (IOpenApiHeader)new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
        },
    };
}
