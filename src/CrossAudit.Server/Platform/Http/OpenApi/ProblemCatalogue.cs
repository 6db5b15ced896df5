using CrossAudit.Contracts.Errors;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>What each status means where it is a refusal.</summary>
/// <param name="Name">The name of the shared answer.</param>
/// <param name="Code">The code of such a refusal where a route has none of its own.</param>
internal sealed record ProblemKind(int Status, string Name, string Code, string Meaning, string Detail);

/// <summary>All kinds of refusals.</summary>
internal static class ProblemCatalogue
{
    public static IReadOnlyList<ProblemKind> Kinds { get; } =
    [
        new(400, "Invalid", ErrorCodes.RequestInvalid, "Malformed or invalid; `errors` names the fields.", "Some fields are not as they should be."),
        new(401, "Unauthenticated", ErrorCodes.Unauthenticated, "Not signed in.", "Sign in first: this route takes an access token as bearer."),
        new(403, "Forbidden", ErrorCodes.PermissionDenied, "Signed in, but not allowed.", "This needs a permission that none of your roles has."),
        new(404, "NotFound", ErrorCodes.NotFound, "There is no such thing, or none that the caller may know of: another organization's looks the same.", "There is none with this id."),
        new(409, "Conflict", ErrorCodes.Conflict, "The state of things does not allow it.", "The state of the resource does not allow it."),
        new(412, "PreconditionFailed", ErrorCodes.PreconditionFailed, "It has changed since the caller read it.", "It has changed since you read it. Read it again and retry."),
        new(413, "TooLarge", ErrorCodes.BodyTooLarge, "The body is too large.", "The body is larger than this route takes."),
        new(415, "UnsupportedMediaType", ErrorCodes.MediaTypeUnsupported, "The body is of the wrong media type.", "The body is not of a media type that this route takes."),
        new(416, "RangeNotSatisfiable", ErrorCodes.RequestRefused, "The range lies outside of the bytes.", "Range Not Satisfiable."),
        new(422, "KeyReused", ErrorCodes.IdempotencyKeyReused, "The `Idempotency-Key` was sent before, with another request.", "The key was sent before, with another request. Take a new one."),
        new(429, "TooMany", ErrorCodes.TooManyRequests, "Too many attempts; `Retry-After` says when the next can be made.", "Too many requests of this kind came from your address. The next one can be made in 8 s."),
        new(500, "Fault", ErrorCodes.ServerFault, "A fault of the server (500), or something it needs is away (503, with `Retry-After`).", "The server failed. The trace id finds the cause in its log."),
    ];

    public static ProblemKind Of(int status) => Kinds.FirstOrDefault(kind => kind.Status == status)
        ?? throw new InvalidOperationException($"A route refuses with {status}, which the catalogue of problems does not explain.");
}
