using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts;

/// <summary>A body that is one thing or an array of them; the answer then is of the same form.</summary>
/// <typeparam name="T">What it holds.</typeparam>
[JsonConverter(typeof(OneOrManyConverterFactory))]
public sealed class OneOrMany<T> : List<T>
{
    /// <summary>Many, or one alone.</summary>
    public OneOrMany(IEnumerable<T> items, bool isOne)
        : base(items) => IsOne = isOne;

    /// <summary>Whether it was one thing that was sent, and no array.</summary>
    public bool IsOne { get; }
}

/// <summary>Reads and writes <see cref="OneOrMany{T}"/>.</summary>
public sealed class OneOrManyConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(OneOrMany<>);
    }

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return (JsonConverter)Activator.CreateInstance(typeof(OneOrManyConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class OneOrManyConverter<T> : JsonConverter<OneOrMany<T>>
    {
        public override OneOrMany<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.StartArray
            ? new(JsonSerializer.Deserialize<List<T>>(ref reader, options)!, isOne: false)
            : new([JsonSerializer.Deserialize<T>(ref reader, options)!], isOne: true);

        public override void Write(Utf8JsonWriter writer, OneOrMany<T> value, JsonSerializerOptions options)
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.IsOne)
                JsonSerializer.Serialize(writer, value[0], options);
            else
                JsonSerializer.Serialize<IReadOnlyList<T>>(writer, value, options);
        }
    }
}
