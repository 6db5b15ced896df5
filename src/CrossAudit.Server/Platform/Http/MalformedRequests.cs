using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Says what is wrong with a request that could not be read. The framework's own words name our types; the path to a field is what the caller can use.</summary>
internal static partial class MalformedRequests
{
    public static ProblemDetails ProblemOf(BadHttpRequestException bad) => bad switch
    {
        // The reader, not a type, gave up: no field is at fault, whichever was being read.
        { InnerException: JsonException { InnerException: JsonException syntax } } => Whole(bad, string.Create(
            CultureInfo.InvariantCulture, $"The body is malformed JSON: it breaks off, or goes wrong, in line {syntax.LineNumber + 1} at byte {syntax.BytePositionInLine + 1}.")),
        { InnerException: JsonException { Path: ['$', '.', .. var path] } wrong } => Field(path, AllowedBy(wrong.Message) ?? "It is not a field that this route takes, or not of its type."),
        { InnerException: JsonException } => Whole(bad, "The body is not the JSON that this route takes."),
        _ when bad.Message.StartsWith("Failed to bind parameter", StringComparison.Ordinal) && bad.Message.Split('"') is [_, var declared, _, var value, ..] =>
            Field(FieldNames.OnTheWire(declared.Split(' ')[^1]), $"\"{value}\" cannot be read.{(AllowedBy(declared) is { } allowed ? " " + allowed : "")}"),
        _ => Whole(bad, null),
    };

    private static ProblemDetails Whole(BadHttpRequestException bad, string? detail) =>
        new() { Status = bad.StatusCode, Detail = detail, Extensions = { ["code"] = Problems.CodeOf(bad.StatusCode) } };

    private static ProblemDetails Field(string field, string why) => Problems.InvalidField(field, why).ProblemDetails;

    // The framework names the type that a value is not of; where that is an enum of ours, its names are what helps.
    private static string? AllowedBy(string text) => TypeName().Match(text) is { Success: true } match
        && Array.Find(typeof(Permissions).Assembly.GetExportedTypes(), type => type.IsEnum && type.Name == match.Groups[1].Value) is { } type
            ? $"It is one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}."
            : null;

    [GeneratedRegex(@"(?:converted to (?:System\.Nullable`1\[)?CrossAudit\.[A-Za-z.]*\.|Named<)([A-Za-z]+)")]
    private static partial Regex TypeName();
}
