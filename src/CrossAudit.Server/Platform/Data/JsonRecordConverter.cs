using System.Text.Json;
using CrossAudit.Contracts.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossAudit.Server.Platform.Data;

/// <summary>Keeps an immutable record as JSON, in the form in which it travels.</summary>
internal sealed class JsonRecordConverter<T>() : ValueConverter<T, string>(
    record => JsonSerializer.Serialize(record, CrossAuditJson.Options),
    json => JsonSerializer.Deserialize<T>(json, CrossAuditJson.Options)!)
    where T : class;
