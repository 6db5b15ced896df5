using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Multipart bodies: a form's field is there or it is not, but never null, and a file is bytes.</summary>
internal sealed class RequestForms : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody?.Content?.TryGetValue("multipart/form-data", out var body) is true && body.Schema?.Properties is { } fields)
            foreach (var (name, field) in fields.ToArray())
                fields[name] = WithoutNull(field);
        return Task.CompletedTask;
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema field)
    {
        if (field.OneOf?.FirstOrDefault(one => one.Type != JsonSchemaType.Null) is { } bare)
            return bare;
        if (field is OpenApiSchemaReference { Reference.Id: nameof(IFormFile) })
            return new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = field.Description };
        if (field is OpenApiSchema schema)
            schema.Type &= ~JsonSchemaType.Null;
        return field;
    }
}
