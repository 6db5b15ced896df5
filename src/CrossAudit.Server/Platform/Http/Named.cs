using System.Collections.Frozen;
using System.Text.Json;

namespace CrossAudit.Server.Platform.Http;

/// <summary>A value of an enum in the path or query, by the name that it travels under (<c>confidential</c>) and by no other.</summary>
/// <typeparam name="T">The enum.</typeparam>
public readonly record struct Named<T>(T Value) : IParsable<Named<T>>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values =
        Enum.GetValues<T>().ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    /// <summary>Reads a value that is known to be one.</summary>
    public static Named<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var named) ? named : throw new FormatException($"It is one of {string.Join(", ", Values.Keys)}.");

    /// <summary>Reads a value.</summary>
    public static bool TryParse(string? s, IFormatProvider? provider, out Named<T> result)
    {
        var known = Values.TryGetValue(s ?? "", out var value);
        result = new Named<T>(value);
        return known;
    }
}
