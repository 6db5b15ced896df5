using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>What the description says of the API as a whole.</summary>
internal sealed class ApiOverview(IEnumerable<ApiArea> areas) : IOpenApiDocumentTransformer
{
    private const string Conventions = """
        CrossAudit governs an organization's documents, lets it talk about them, and proves who did what.

        **Answers** are JSON in snake_case. Success is `{"success": true, "data": …}`, lists with `meta` beside it: `total`, `limit`, `offset`, `has_more`,
        and `next_cursor` where a list can be paged by `cursor`. Times are RFC 3339 in UTC, ids are UUIDs.

        **Problems** are `application/problem+json` (RFC 9457) with a stable `code`, a `trace_id`, and `errors` by field on 400.

        **Signing in**: `POST /api/auth/register` or `/api/auth/login` answers an access token; send it as `Authorization: Bearer`. A token acts in one
        organization; what belongs to another is answered 404, as if it did not exist.

        **Changes**: on PUT an absent field is left alone and an explicit `null` clears one that may be empty. Single resources carry an `ETag`;
        with `If-Match` a change is refused (412) if somebody else was faster. HEAD is answered wherever GET is.

        **Repeating**: a POST that creates takes an `Idempotency-Key`. The same request with the same key within 24 h makes nothing new and answers the first
        answer again, marked by `Idempotency-Replayed: true`.

        **Limits**: every answer says in `RateLimit-Policy` and `RateLimit` how many requests a minute has and how many are left; beyond it is 429 with `Retry-After`.

        **Tracing**: every answer carries `X-Request-Id`, `X-Trace-Id` and `X-Process-Time` (seconds).
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CrossAudit AI API",
            Version = Product.ApiVersion,
            Description = Conventions,
            License = new OpenApiLicense { Name = "All rights reserved" },
        };
        // Relative: the description holds behind any host name, and is the same from the command line.
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server." }];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = areas.FirstOrDefault(area => area.Tag == tag.Name)?.Description;
        return Task.CompletedTask;
    }
}
