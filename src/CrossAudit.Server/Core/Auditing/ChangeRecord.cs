using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>What a unit of work is about to change, read from the change tracker: nobody lists fields by hand and forgets one.</summary>
internal static class ChangeRecord
{
    /// <summary>Names, among fields of any entity, whose values never enter the trail: bookkeeping, and secrets.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "Revision", "UpdatedAt", "LastModifiedBy", "ConcurrencyStamp", "SecurityStamp", "PasswordHash", "TokenHash", "KeyHash", "PreviousKeyHash", "NormalizedEmail", "NormalizedUserName",
        "DueAt", "Attempts", "GraceUntil", "DeletedBy",
    };

    /// <summary><c>{field: {from, to}}</c> of the entity's changed fields; null if none changed.</summary>
    public static JsonObject? ChangesOf(this AppDbContext db, object entity)
    {
        var changes = new JsonObject();
        foreach (var property in db.Entry(entity).Properties)
        {
            var name = property.Metadata.Name;
            if (property.IsModified && !Silent.Contains(name) && !Equals(property.OriginalValue, property.CurrentValue))
                changes[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] = new JsonObject { ["from"] = ToNode(property.OriginalValue), ["to"] = ToNode(property.CurrentValue) };
        }
        return changes.Count == 0 ? null : changes;
    }

    private static JsonNode? ToNode(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), CrossAuditJson.Options);
}
