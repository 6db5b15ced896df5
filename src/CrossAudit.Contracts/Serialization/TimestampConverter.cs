using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Serialization;

/// <summary>
/// Times as RFC 3339 in UTC, to the microsecond and always as long (<c>2026-01-31T09:05:00.000000Z</c>): what the databases keep,
/// so that an answer to a write and a later read of it are the same text.
/// </summary>
public sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The format, for <see cref="DateTimeOffset.ToString(string, IFormatProvider)"/> of a time in UTC.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Writes a time as it travels.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException("A time is written as RFC 3339, such as 2026-01-31T09:05:00Z.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        // "O" on a UTC DateTime is yyyy-MM-ddTHH:mm:ss.fffffffZ: the seventh digit goes, the Z moves up.
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(value.UtcDateTime, text, out _, new('O'));
        text[26] = (byte)'Z';
        writer.WriteStringValue(text[..27]);
    }
}
