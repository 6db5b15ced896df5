using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>Other sites' pages, and other names for this machine (DNS rebinding).</summary>
public sealed class StrangersAreKeptOut(ServerSet servers)
{
    private const string Console = "https://console.example.org";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_origins_that_are_set_may_read_answers()
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["ALLOWED_ORIGINS"] = $"{Console}, https://other.example.org" });

        using var asked = await PreflightAsync(server, Console);
        using var read = await GetAsync(server, ("Origin", Console));
        using var strange = await PreflightAsync(server, "https://evil.example");
        using var lookAlike = await PreflightAsync(server, Console + ".evil.example");
        using var nobody = await GetAsync(server, ("Origin", "null"));

        Assert.Equal((Console, Console), (asked.Header("Access-Control-Allow-Origin"), read.Header("Access-Control-Allow-Origin")));
        Assert.Contains("X-Request-Id", read.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.All([strange, lookAlike, nobody], answer => Assert.Null(answer.Header("Access-Control-Allow-Origin")));
        Assert.All([asked, read], answer => Assert.Null(answer.Header("Access-Control-Allow-Credentials")));
    }

    [Fact]
    public async Task Where_none_is_set_no_origin_may()
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var asked = await PreflightAsync(server, Console);
        using var own = await PreflightAsync(server, "http://localhost:9000");

        Assert.All([asked, own], answer => Assert.Null(answer.Header("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.1:9000")]
    public async Task A_host_that_is_not_ours_is_refused(string host)
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var answer = await GetAsync(server, ("Host", host));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ErrorCodes.HostNotAllowed, (await answer.JsonAsync()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("audit.example.org", 200)]
    [InlineData("audit.example.org:8443", 200)]
    [InlineData("a.wild.example.org", 200)]
    [InlineData("localhost:9000", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("example.org", 400)]
    public async Task Hosts_that_are_set_are_answered_and_loopback_always(string host, int status)
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["ALLOWED_HOSTS"] = "audit.example.org,*.wild.example.org" });

        using var answer = await GetAsync(server, ("Host", host));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static Task<HttpResponseMessage> PreflightAsync(RunningServer server, string origin) =>
        SendAsync(server, HttpMethod.Options, "api/documents", ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));

    private static Task<HttpResponseMessage> GetAsync(RunningServer server, (string Name, string Value) header) => SendAsync(server, HttpMethod.Get, "health/live", header);

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request, Stop);
    }
}
