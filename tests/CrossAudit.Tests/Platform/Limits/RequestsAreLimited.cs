using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Platform.Limits;

/// <summary>How many requests a minute has, and how a caller is told.</summary>
public sealed class RequestsAreLimited(ServerSet servers)
{
    private const int Limit = 5;

    // A minute's first second, so that what is left of it is known.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60));

    [Theory, EveryShape]
    public async Task Each_caller_has_so_many_and_every_answer_says_how_many_are_left(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        for (var left = Limit - 1; left > 0; left--)
            AssertLeft(await founder.SendAsync(HttpMethod.Get, "api/auth/me"), HttpStatusCode.OK, left);
        AssertLeft(await founder.SendAsync(HttpMethod.Get, $"api/documents/{Guid.Empty}"), HttpStatusCode.NotFound, 0);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var refused = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json("""{"title":"A"}"""));

        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.TooManyRequests);
        Assert.Equal(("60", "\"requests\";q=5;w=60", "\"requests\";r=0;t=60"), (refused.Header("Retry-After"), refused.Header("RateLimit-Policy"), refused.Header("RateLimit")));
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        AssertLeft(await other.SendAsync(HttpMethod.Get, "api/auth/me"), HttpStatusCode.OK, Limit - 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        AssertLeft(await founder.SendAsync(HttpMethod.Get, "api/auth/me"), HttpStatusCode.OK, Limit - 1);
    }

    [Fact]
    public async Task Strangers_are_counted_by_the_address_that_they_come_from()
    {
        await using var server = await StartAsync(Shape.Embedded);
        for (var i = 0; i < Limit; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await FromAsync(server, "203.0.113.66", "api/auth/me")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "203.0.113.66", "api/auth/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await FromAsync(server, "198.51.100.7", "api/auth/me")).StatusCode);
    }

    [Fact]
    public async Task Probes_are_not_counted_and_nothing_else_gets_by_as_a_socket()
    {
        await using var server = await StartAsync(Shape.Embedded);
        for (var i = 0; i < 3 * Limit; i++)
            Assert.Equal(HttpStatusCode.OK, (await FromAsync(server, "203.0.113.66", "health/live")).StatusCode);
        for (var i = 0; i < Limit; i++)
            await FromAsync(server, "203.0.113.66", "api/auth/me");

        using var socket = await FromAsync(server, "203.0.113.66", "api/auth/me", ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        Assert.Equal(HttpStatusCode.TooManyRequests, socket.StatusCode);
    }

    [Fact]
    public async Task Without_a_limit_there_is_nothing_to_say()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Get, "api/auth/me");

        Assert.Equal((null, null), (answer.Header("RateLimit"), answer.Header("RateLimit-Policy")));
    }

    private async Task<RunningServer> StartAsync(Shape shape) => await servers.StartAsync(
        shape, new Dictionary<string, string?> { ["RATE_LIMIT_PER_MINUTE"] = $"{Limit}", ["TRUSTED_PROXIES"] = "127.0.0.1" }, services => services.AddSingleton<TimeProvider>(_clock));

    private static async Task<HttpResponseMessage> FromAsync(RunningServer server, string address, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void AssertLeft(HttpResponseMessage answer, HttpStatusCode status, int left)
    {
        Assert.Equal((status, $"\"requests\";r={left};t=60"), (answer.StatusCode, answer.Header("RateLimit")));
        answer.Dispose();
    }
}
