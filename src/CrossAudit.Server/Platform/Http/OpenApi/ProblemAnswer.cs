using System.Text.Json.Nodes;
using CrossAudit.Contracts.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>A problem as it is described: its schema (RFC 9457 and ours), and an answer with an example of each code.</summary>
internal static class ProblemAnswer
{
    public const string SchemaName = "Problem";

    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a request was refused (RFC 9457).",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "instance", "code", "trace_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("The code as a URI.", "uri"),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "400", Maximum = "599", Description = "The HTTP status." },
            ["detail"] = Text("What is wrong, and what to do about it: for people, and may be reworded."),
            ["instance"] = Text("The path that was asked for.", "uri-reference"),
            ["code"] = Text("What is wrong, for programs: `area.reason`, which keeps its meaning."),
            ["trace_id"] = Text("Finds the request in the server's log; also in `X-Trace-Id`."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "On 400: what is wrong with each field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    /// <summary>The answer of this kind, with an example of each of <paramref name="codes"/>.</summary>
    public static OpenApiResponse Answer(this ProblemKind kind, OpenApiDocument document, IReadOnlyList<string> codes) => new()
    {
        Description = codes is [var only] && only == kind.Code ? kind.Meaning : $"{kind.Meaning} `code` is {Either(codes)}.",
        Headers = HeadersOf(kind.Status).ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document)),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new()
            {
                Schema = new OpenApiSchemaReference(SchemaName, document),
                Examples = codes.ToDictionary(code => code, code => (IOpenApiExample)new OpenApiExample { Value = Example(kind, code) }),
            },
        },
    };

    private static string Either(IReadOnlyList<string> codes) =>
        codes.Count == 1 ? $"`{codes[0]}`" : $"{string.Join(", ", codes.SkipLast(1).Select(code => $"`{code}`"))} or `{codes[^1]}`";

    private static IEnumerable<string> HeadersOf(int status) => status switch
    {
        401 => ["X-Request-Id", "X-Trace-Id", "WWW-Authenticate"],
        429 or 500 => ["X-Request-Id", "X-Trace-Id", "Retry-After"],
        _ => ["X-Request-Id", "X-Trace-Id"],
    };

    private static JsonObject Example(ProblemKind kind, string code)
    {
        var example = new JsonObject
        {
            ["type"] = $"urn:crossaudit:problem:{code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(kind.Status),
            ["status"] = kind.Status,
            // A route's own refusal explains itself in its own words, which the code sums up.
            ["detail"] = code == kind.Code ? kind.Detail : kind.Meaning,
            ["instance"] = "/api/documents",
            ["code"] = code,
            ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (code == ErrorCodes.RequestInvalid)
            example["errors"] = new JsonObject { ["title"] = new JsonArray("It cannot be empty.") };
        return example;
    }

    private static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Description = description, Format = format };
}
