using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>
/// What schemas are called: <c>Document</c>, <c>DocumentEnvelope</c>, <c>DocumentListEnvelope</c>. Generated clients take these for the names of
/// their types, so they say what a thing is and not how we wrote it.
/// </summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _taken = new(StringComparer.Ordinal);

    /// <summary>The type's name among the components, or null where its schema stands in place.</summary>
    public string? Of(JsonTypeInfo json)
    {
        // A label that may be null is no other kind of label: the property says that it may.
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (type == typeof(JsonObject) || type == typeof(IFormFile) || typeof(IOptional).IsAssignableFrom(type) || BareTypes.IsNamed(type))
            return null;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is null)
            return null;
        var name = NameOf(type);
        // The framework would let one of two namesakes stand for both.
        return _taken.GetOrAdd(name, type) == type ? name : throw new InvalidOperationException($"{type} and {_taken[name]} would both be the schema {name}. Rename one of them.");
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
            return type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
        var of = NameOf(type.GetGenericArguments()[0]);
        if (type.GetGenericTypeDefinition() == typeof(Envelope<>))
            return of + "Envelope";
        return of + (type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? "List" : type.Name.Split('`')[0]);
    }
}
