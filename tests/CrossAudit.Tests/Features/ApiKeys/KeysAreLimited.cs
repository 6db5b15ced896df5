using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.ApiKeys;

/// <summary>How many requests a key has.</summary>
public sealed class KeysAreLimited(ServerSet servers)
{
    // An hour's first second, so that what is left of it is known.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_key_has_so_many_in_a_minute_and_in_an_hour_and_every_answer_says_how_many_are_left(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var key = await MakeAsync(await Person.FounderAsync(server), perMinute: 3, perHour: 5);
        for (var left = 2; left >= 0; left--)
        {
            using var answer = await AskAsync(server, key);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains($"\"key-minute\";r={left};t=60", string.Join(", ", answer.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
            Assert.Contains("\"key-hour\";q=5;w=3600", string.Join(", ", answer.Headers.GetValues("RateLimit-Policy")), StringComparison.Ordinal);
        }

        using var refused = await AskAsync(server, key);
        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.TooManyRequests);
        var wait = int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture);
        // A burst at the end of a minute and one at the start of the next are not both let through.
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(server, key)).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(wait - 60));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, key)).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, key)).StatusCode);
        using var usedUp = await AskAsync(server, key);
        Assert.Equal(HttpStatusCode.TooManyRequests, usedUp.StatusCode);
        Assert.True(int.Parse(usedUp.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 60, "The hour is used up, and not the minute alone");
    }

    [Fact]
    public async Task Two_nodes_let_exactly_as_many_through_as_the_limit_says_however_many_come_at_once()
    {
        var settings = await servers.FullShapeAsync();
        settings["RATE_LIMIT_PER_MINUTE"] = "100000";
        settings["REDIS_URL"] += "/13";
        await using var first = await RunningServer.StartAsync(settings);
        await using var second = await RunningServer.StartAsync(settings);
        var key = await MakeAsync(await Person.FounderAsync(first), perMinute: 100, perHour: 10_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AskAsync(i % 2 == 0 ? first : second, key)));

        Assert.Equal((100, 100), (answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests)));
    }

    private static async Task<string> MakeAsync(Person person, int perMinute, int perHour) =>
        (await person.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Counted", Scopes = [Permissions.DocumentsRead], RateLimitRpm = perMinute, RateLimitRph = perHour }, Stop)).Value.Key;

    private static async Task<HttpResponseMessage> AskAsync(RunningServer server, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/documents?limit=1");
        request.Headers.Add("X-API-Key", key);
        return await server.Http.SendAsync(request, Stop);
    }
}
