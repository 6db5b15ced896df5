using System.Text.Json.Nodes;
using CrossAudit.Contracts.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossAudit.Server.Platform.Data;

/// <summary>Free-form JSON, kept as text so that both databases give back what was stored.</summary>
internal sealed class JsonObjectConverter() : ValueConverter<JsonObject, string>(
    json => json.ToJsonString(CrossAuditJson.Options),
    text => JsonNode.Parse(text, default, default)!.AsObject());

/// <summary>Compares free-form JSON by value.</summary>
internal sealed class JsonObjectComparer() : ValueComparer<JsonObject>(
    (left, right) => JsonNode.DeepEquals(left, right),
    json => json.ToJsonString(CrossAuditJson.Options).GetHashCode(StringComparison.Ordinal),
    json => json.DeepClone().AsObject());
