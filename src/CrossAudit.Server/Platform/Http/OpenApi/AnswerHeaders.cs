using CrossAudit.Server.Platform.Http.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The headers of answers: ids and limits on all of them, <c>ETag</c>, <c>Location</c> and <c>Link</c> where they stand.</summary>
internal sealed class AnswerHeaders : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var tagged = context.All<EntityTagged>().Select(tag => $"{tag.Status}").ToHashSet(StringComparer.Ordinal);
        var paged = operation.Parameters?.Any(parameter => parameter.Name == "cursor") is true;
        var isIdempotent = context.TakesIdempotencyKeys();
        var bytes = Downloads.AnswersBytes(context.Handler()?.ReturnType);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse { } answer)
                continue;
            Add(answer, context, "X-Request-Id", "X-Trace-Id");
            if (context.IsCounted())
                Add(answer, context, "RateLimit", "RateLimit-Policy");
            if (isIdempotent && status[0] == '2')
                Add(answer, context, IdempotencyKeys.Replayed);
            if (tagged.Contains(status) || bytes || status == "304")
                Add(answer, context, "ETag");
            if (status == "201")
                Add(answer, context, "Location");
            if (paged && status == "200")
                Add(answer, context, "Link");
        }
        return Task.CompletedTask;
    }

    private static void Add(OpenApiResponse answer, OpenApiOperationTransformerContext context, params string[] headers)
    {
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var header in headers)
            answer.Headers[header] = new OpenApiHeaderReference(header, context.Document);
    }
}
