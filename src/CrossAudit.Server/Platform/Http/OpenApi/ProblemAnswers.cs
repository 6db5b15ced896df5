using CrossAudit.Contracts.Errors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The problems that an operation can answer: those that follow from its form, and those that its route states.</summary>
internal sealed class ProblemAnswers : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var own = context.All<Refusal>().Concat(OfIdempotency(context)).ToLookup(refusal => refusal.Status, refusal => refusal.Codes);
        foreach (var status in FollowingFrom(operation, context).Concat(own.Select(refusal => refusal.Key)).Distinct().Order())
        {
            var codes = own[status].SelectMany(code => code).ToList();
            operation.Responses![$"{status}"] = codes.Count == 0
                ? Shared(ProblemCatalogue.Of(status), context.Document!)
                : ProblemCatalogue.Of(status).Answer(context.Document!, GeneralCode(status, operation, context) is { } general ? [.. codes.Append(general).Distinct()] : codes);
        }
        operation.Responses!["default"] = Shared(ProblemCatalogue.Of(StatusCodes.Status500InternalServerError), context.Document!);
        return Task.CompletedTask;
    }

    private static OpenApiResponseReference Shared(ProblemKind kind, OpenApiDocument document)
    {
        document.AddComponent<IOpenApiResponse>(kind.Name, kind.Answer(document, [kind.Code]));
        return new OpenApiResponseReference(kind.Name, document);
    }

    private static IEnumerable<Refusal> OfIdempotency(OpenApiOperationTransformerContext context) => context.TakesIdempotencyKeys()
        ? [new Refusal(StatusCodes.Status409Conflict, [ErrorCodes.IdempotencyInFlight, ErrorCodes.IdempotencyAnswerLost])]
        : [];

    private static IEnumerable<int> FollowingFrom(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var access = context.All<IAccessRule>().LastOrDefault();
        // A path that does not parse is another route's, so its parameters cannot be wrong.
        if (operation.RequestBody is not null || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) is true)
            yield return StatusCodes.Status400BadRequest;
        if (access is not null)
            yield return StatusCodes.Status401Unauthorized;
        if (access?.Permission is not null)
            yield return StatusCodes.Status403Forbidden;
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) is true)
            yield return StatusCodes.Status404NotFound;
        if (operation.Parameters?.Any(parameter => parameter.Name == "If-Match") is true)
            yield return StatusCodes.Status412PreconditionFailed;
        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }
        if (context.TakesIdempotencyKeys())
            yield return StatusCodes.Status422UnprocessableEntity;
        if (context.IsCounted())
            yield return StatusCodes.Status429TooManyRequests;
        if (Downloads.AnswersBytes(context.Handler()?.ReturnType))
            yield return StatusCodes.Status416RangeNotSatisfiable;
    }

    private static string? GeneralCode(int status, OpenApiOperation operation, OpenApiOperationTransformerContext context) =>
        FollowingFrom(operation, context).Contains(status) ? ProblemCatalogue.Of(status).Code : null;
}
