using System.Globalization;
using System.Text;
using System.Text.Json;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>A path and its query; what is null is left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasSome;

    public Query With(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_hasSome ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _hasSome = true;
        return this;
    }

    public Query With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query With(string name, bool? value) => With(name, value is { } some ? some ? "true" : "false" : null);

    public Query With(string name, Guid? value) => With(name, value?.ToString());

    public Query With(string name, DateTimeOffset? value) => With(name, value is { } time ? TimestampConverter.ToText(time) : null);

    public Query With<T>(string name, T? value)
        where T : struct, Enum =>
        With(name, value is { } some ? JsonNamingPolicy.SnakeCaseLower.ConvertName(some.ToString()) : null);

    public Query Page(int? limit, int? offset, string? cursor = null) => With("limit", limit).With("offset", offset).With("cursor", cursor);

    public override string ToString() => _text.ToString();
}
