using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>
/// Which fields are always there. An answer has all of them, null where there is nothing to say, but for those that leave themselves out;
/// a request may leave out what has a default, which is named.
/// </summary>
internal sealed class FieldPresence : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo;
        if (type.Kind != JsonTypeInfoKind.Object || schema.Properties is null || typeof(IOptional).IsAssignableFrom(type.Type))
            return Task.CompletedTask;
        if (type.Type.Name.EndsWith("Request", StringComparison.Ordinal))
            NameDefaults(schema, type);
        else if (!type.Type.Name.EndsWith("Form", StringComparison.Ordinal))
            RequireWhatIsWritten(schema, type);
        return Task.CompletedTask;
    }

    private static void NameDefaults(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.CreateObject?.Invoke() is not { } made)
            return;
        foreach (var property in type.Properties.Where(property => schema.Required?.Contains(property.Name) is not true))
            if (property.Get?.Invoke(made) is { } value and not IOptional && schema.Properties![property.Name] is OpenApiSchema field)
            {
                field.Default = JsonSerializer.SerializeToNode(value, CrossAuditJson.Options);
                // Where the field refers to a shared schema, the framework takes its default from here.
                if (field.Metadata is not null)
                    field.Metadata["x-ref-default"] = field.Default!;
            }
    }

    private static void RequireWhatIsWritten(OpenApiSchema schema, JsonTypeInfo type)
    {
        // What stands alone in its envelope has no place in a list.
        if (IsEnvelopeOfOne(type.Type))
            schema.Properties!.Remove("meta");
        foreach (var property in type.Properties.Where(property => schema.Properties!.ContainsKey(property.Name)))
        {
            var leftOut = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false).Length > 0;
            if (!leftOut)
                (schema.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name);
            // Left out rather than null; and the compiler cannot know that what a generic envelope carries is never null.
            if ((leftOut || IsEnvelope(type.Type)) && schema.Properties![property.Name] is OpenApiSchema field)
                NeverNull(field);
        }
    }

    private static void NeverNull(OpenApiSchema field)
    {
        field.Type &= ~JsonSchemaType.Null;
        field.Metadata?.Remove("x-is-nullable-property");
    }

    private static bool IsEnvelope(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Envelope<>);

    private static bool IsEnvelopeOfOne(Type type) => IsEnvelope(type) && !type.GetGenericArguments()[0].IsAssignableTo(typeof(System.Collections.IEnumerable));
}
