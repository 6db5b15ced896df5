using System.Net.Http.Headers;
using System.Text.Json;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>A request that can be made more than once, for it may meet an expired token the first time.</summary>
internal sealed record Call(HttpMethod Method, string Path)
{
    /// <summary>Makes the body, anew each time: a body that was sent is spent.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>False where the body comes from a stream that cannot go back.</summary>
    public bool CanRepeat { get; init; } = true;

    public string? IfMatch { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Whether it is made without a token, as whoever is not signed in.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether the answer's body is read by the caller, as it comes.</summary>
    public bool IsStreamed { get; init; }

    public static Call Get(string path) => new(HttpMethod.Get, path);

    public static Call Get(Query query) => new(HttpMethod.Get, query.ToString());

    public static Call Post(string path) => new(HttpMethod.Post, path);

    public static Call Post<T>(string path, T body) => new(HttpMethod.Post, path) { Body = () => Json(body) };

    public static Call Put(string path) => new(HttpMethod.Put, path);

    public static Call Put<T>(string path, T body, string? ifMatch = null) => new(HttpMethod.Put, path) { Body = () => Json(body), IfMatch = ifMatch };

    public static Call Delete(string path, string? ifMatch = null) => new(HttpMethod.Delete, path) { IfMatch = ifMatch };

    public HttpRequestMessage ToRequest(string? accessToken)
    {
        var request = new HttpRequestMessage(Method, Path) { Content = Body?.Invoke() };
        if (accessToken is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        if (IfMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        if (IdempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        return request;
    }

    // Whole, not as it is written: so it has a length, and no proxy has to take it in chunks.
    private static ByteArrayContent Json<T>(T body) => new(JsonSerializer.SerializeToUtf8Bytes(body, CrossAuditJson.Options))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}
