using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>Requests with an idempotency key.</summary>
internal static class RepeatedRequests
{
    public static Task<HttpResponseMessage> CreateOnceAsync(this Person person, string path, string body, string key) =>
        person.SendAsync(HttpMethod.Post, path, Answer.Json(body), ("Idempotency-Key", key));

    public static Task<HttpResponseMessage> UploadOnceAsync(this Person person, byte[] content, string title, string key)
    {
        // Each form makes a boundary of its own.
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "text.txt" }, { new StringContent(title), "title" } };
        return person.SendAsync(HttpMethod.Post, "api/documents/upload", form, ("Idempotency-Key", key));
    }

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
