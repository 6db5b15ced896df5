using CrossAudit.Server.Platform.Http.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>What operations refer to: the way to sign in, the headers, and the problems that mean the same everywhere.</summary>
internal sealed class SharedComponents : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";
    public const string ApiKey = "api_key";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The `access_token` that signing in answers (RFC 9068), as `Authorization: Bearer`.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-Key",
            Description = "An API key, here or as `Authorization: Bearer`.",
        });
        document.AddComponent<IOpenApiSchema>(ProblemAnswer.SchemaName, ProblemAnswer.Schema());
        // A form's file is described in place.
        document.Components!.Schemas!.Remove(nameof(IFormFile));
        AddHeader(document, "X-Request-Id", "The caller's `X-Request-Id`, if it sent a sane one, else the trace id.", "4bf92f3577b34da6a3ce929d0e0e4736");
        AddHeader(document, "X-Trace-Id", "The W3C trace id, the caller's where it sent a `traceparent`: it finds the request in log, audit trail and problem.", "4bf92f3577b34da6a3ce929d0e0e4736");
        AddHeader(document, "ETag", "The revision that was read or made, and a hash of what is shown: send it as `If-Match` to change just this revision.", "\"3-0f1e2d3c4b5a6978\"");
        AddHeader(document, "Location", "Where the new resource is.", "/api/documents/019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f");
        AddHeader(document, "Link", "The next page, as `<…>; rel=\"next\"` (RFC 8288); absent on the last one.", "</api/documents?limit=50&cursor=…>; rel=\"next\"");
        AddHeader(document, IdempotencyKeys.Replayed, "`true` where the answer is one that was given before, to a request with the same `Idempotency-Key`.", "true");
        AddHeader(document, "RateLimit-Policy", "How many requests (`q`) a caller has in how many seconds (`w`).", "\"requests\";q=600;w=60");
        AddHeader(document, "RateLimit", "How many of them are left (`r`), and in how many seconds all are again (`t`).", "\"requests\";r=599;t=42");
        AddHeader(document, "WWW-Authenticate", "How to sign in (RFC 6750).", "Bearer realm=\"CrossAudit\"");
        AddHeader(document, "Retry-After", "Seconds until it makes sense to try again; on 429 and 503.", "5");
        return Task.CompletedTask;
    }

    private static void AddHeader(OpenApiDocument document, string name, string description, string example) => document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    });
}
