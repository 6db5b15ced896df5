using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>Which requests take an idempotency key (draft-ietf-httpapi-idempotency-key-header), and what one looks like.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    /// <summary>On an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public const int Longest = 255;

    /// <summary>
    /// Whether a route makes something of its own: a POST that answers 201, of whoever is signed in. Strangers have no name to keep an answer under, and
    /// what they are answered are tokens.
    /// </summary>
    public static bool AreTakenBy(IEnumerable<object> metadata)
    {
        var (isPost, creates, isSignedIn) = (false, false, false);
        foreach (var item in metadata)
        {
            isPost |= item is IHttpMethodMetadata { HttpMethods: ["POST"] };
            creates |= item is IProducesResponseTypeMetadata { StatusCode: StatusCodes.Status201Created };
            isSignedIn |= item is IAccessRule;
        }
        return isPost && creates && isSignedIn;
    }

    /// <summary>The key, with or without the quotes that the draft has around it; null if it is none.</summary>
    public static string? Read(StringValues header) => header is [{ } sent] && Unquote(sent) is { Length: > 0 and <= Longest } key && key.All(c => c is > ' ' and < '\x7f') ? key : null;

    private static string Unquote(string sent) => sent is ['"', .. var inside, '"'] ? inside : sent;
}
