using System.Net;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class HeadIsAnswered(ServerSet servers)
{
    [Theory]
    [InlineData("api/auth/me")]
    [InlineData("api/documents?limit=2")]
    [InlineData("api/documents/{document}")]
    [InlineData("api/documents/{document}/content")]
    [InlineData("api/audit/logs")]
    [InlineData("health")]
    [InlineData("openapi.json")]
    public async Task As_GET_is_without_a_body(string template)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        var document = await founder.UploadTextAsync("What is not sent.");
        var path = template.Replace("{document}", document.Id.ToString(), StringComparison.Ordinal);

        using var get = await founder.SendAsync(HttpMethod.Get, path);
        using var head = await founder.SendAsync(HttpMethod.Head, path);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (get.StatusCode, head.StatusCode));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((get.Header("ETag"), get.Content.Headers.ContentType), (head.Header("ETag"), head.Content.Headers.ContentType));
    }

    [Fact]
    public async Task It_is_refused_where_GET_is()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var unknown = await founder.SendAsync(HttpMethod.Head, $"api/documents/{Guid.Empty}");
        using var noGet = await founder.SendAsync(HttpMethod.Head, "api/documents/search");
        using var stranger = await (await servers.OnAsync(Shape.Embedded)).Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "api/documents"), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.Unauthorized), (unknown.StatusCode, noGet.StatusCode, stranger.StatusCode));
    }
}
