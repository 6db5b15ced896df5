using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Types that the serializer writes by a converter of its own, of which the framework can say nothing: times, optional fields, free-form objects, enums.</summary>
internal sealed class BareTypes : IOpenApiSchemaTransformer
{
    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (OrNull(JsonSchemaType.String, bare != type && context.ParameterDescription is null), "date-time");
        else if (bare.IsEnum)
            (schema.Type, schema.Enum) = (JsonSchemaType.String, NamesOf(schema.Enum));
        else if (IsNamed(bare))
            (schema.Type, schema.Enum, schema.Properties, schema.Required) = (JsonSchemaType.String, NamesOf(bare.GetGenericArguments()[0]), null, null);
        else if (bare == typeof(JsonObject))
            (schema.Type, schema.AdditionalProperties) = (OrNull(JsonSchemaType.Object, schema.Type?.HasFlag(JsonSchemaType.Null) is true), new OpenApiSchema());
        else if (IsOneOrMany(type))
            await AcceptBothAsync(schema, type.GetGenericArguments()[0], context, cancellationToken);
        else if (typeof(IOptional).IsAssignableFrom(type))
            Unwrap(schema, await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken), CanBeCleared(context));
    }

    /// <summary>Whether it is an enum's value by its name.</summary>
    public static bool IsNamed(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Named<>);

    /// <summary>Whether it travels as one thing or as an array of them.</summary>
    public static bool IsOneOrMany(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OneOrMany<>);

    private static async Task AcceptBothAsync(OpenApiSchema schema, Type item, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var one = await context.GetOrCreateSchemaAsync(item, null, stop);
        (schema.Type, schema.Properties, schema.Required, schema.Items) = (null, null, null, null);
        schema.OneOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one }];
    }

    private static List<JsonNode> NamesOf(Type type) => [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];

    private static List<JsonNode>? NamesOf(IList<JsonNode>? names) => names?.Where(name => name is JsonValue value && value.GetValueKind() == JsonValueKind.String).ToList();

    private static void Unwrap(OpenApiSchema schema, OpenApiSchema value, bool canBeCleared)
    {
        schema.Type = value.Type is { } type ? OrNull(type & ~JsonSchemaType.Null, canBeCleared) : null;
        schema.Format = value.Format;
        schema.Items = value.Items;
        schema.Enum = value.Enum;
        schema.Properties = value.Properties;
        schema.AdditionalProperties = value.AdditionalProperties;
    }

    // Optional<string> and Optional<string?> are one type at run time; the property alone knows which it is.
    private static bool CanBeCleared(OpenApiSchemaTransformerContext context) =>
        context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property
        && new NullabilityInfoContext().Create(property).GenericTypeArguments[0].ReadState == NullabilityState.Nullable;

    private static JsonSchemaType OrNull(JsonSchemaType type, bool nullable) => nullable ? type | JsonSchemaType.Null : type;
}
