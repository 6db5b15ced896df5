using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The examples of all features, by type, as they travel.</summary>
internal sealed class ApiExamples(IEnumerable<ApiArea> areas)
{
    private readonly Dictionary<Type, object> _known = areas.SelectMany(area => area.Examples).ToDictionary(example => example.GetType());

    /// <summary>An example of this type, made from one of what it carries where it has none of its own.</summary>
    public JsonNode? Of(Type type) => _known.TryGetValue(type, out var example)
        ? Write(example, type)
        : BareTypes.IsOneOrMany(type) ? Of(type.GetGenericArguments()[0])
        : CarriedBy(type) is { } carried && Of(carried) is { } inner ? Wrap(inner, carried != type.GetGenericArguments()[0]) : null;

    private static Type? CarriedBy(Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Envelope<>))
            return null;
        var data = type.GetGenericArguments()[0];
        return data.IsGenericType && !BareTypes.IsOneOrMany(data) ? data.GetGenericArguments()[0] : data;
    }

    private static JsonObject Wrap(JsonNode inner, bool inList) => inList
        ? new JsonObject { ["success"] = true, ["data"] = new JsonArray(inner), ["meta"] = Write(new PageMeta { Total = 1, Limit = 50, Offset = 0, HasMore = false }, typeof(PageMeta)) }
        : new JsonObject { ["success"] = true, ["data"] = inner };

    private static JsonNode Write(object example, Type type)
    {
        var node = JsonSerializer.SerializeToNode(example, type, CrossAuditJson.Options)!;
        // In a request a null would say "clear this"; an example says nothing of what it leaves out.
        if (type.Name.EndsWith("Request", StringComparison.Ordinal) && node is JsonObject fields)
            foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
                fields.Remove(name);
        return node;
    }
}
