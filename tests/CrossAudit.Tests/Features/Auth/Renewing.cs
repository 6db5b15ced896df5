using System.Net;
using System.Net.Http.Headers;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Auth;

public sealed class Renewing(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_refresh_token_is_taken_in_the_body_and_as_bearer_and_answers_the_next(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        var second = await TokensAsync(await InBodyAsync(server, founder.Session.RefreshToken));
        var third = await TokensAsync(await AsBearerAsync(server, second.Refresh));

        Assert.Equal(3, new[] { founder.Session.RefreshToken, second.Refresh, third.Refresh }.Distinct().Count());
        foreach (var access in new[] { founder.Session.AccessToken, second.Access, third.Access })
            Assert.Equal(HttpStatusCode.OK, await MeAsync(server, access));
        Assert.Equal(2, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.SessionRefreshed)).Count);
    }

    [Theory, EveryShape]
    public async Task The_same_client_may_repeat_itself_within_ten_seconds(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        await TokensAsync(await InBodyAsync(server, founder.Session.RefreshToken));

        _clock.Advance(TimeSpan.FromSeconds(9));
        var repeated = await TokensAsync(await InBodyAsync(server, founder.Session.RefreshToken));

        Assert.Equal(HttpStatusCode.OK, await MeAsync(server, repeated.Access));
        await TokensAsync(await InBodyAsync(server, repeated.Refresh));
        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RefreshReused));
    }

    [Theory, EveryShape]
    public async Task A_token_used_again_later_ends_the_session_for_everybody(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var newest = await TokensAsync(await InBodyAsync(server, founder.Session.RefreshToken));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(server, newest.Access));

        _clock.Advance(TimeSpan.FromSeconds(11));
        using var reused = await InBodyAsync(server, founder.Session.RefreshToken);

        await AssertEndedAsync(server, founder, reused, newest);
    }

    [Fact]
    public async Task Another_client_has_no_grace()
    {
        await using var server = await StartAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);
        var newest = await TokensAsync(await InBodyAsync(server, founder.Session.RefreshToken));

        using var stolen = await InBodyAsync(server, founder.Session.RefreshToken, userAgent: "somebody-else/1.0");

        await AssertEndedAsync(server, founder, stolen, newest);
    }

    [Theory, EveryShape]
    public async Task What_is_no_refresh_token_renews_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var token in new[] { founder.Session.AccessToken[..Math.Min(200, founder.Session.AccessToken.Length)], "nonsense", founder.Session.RefreshToken + "A", "" })
        {
            using var body = await InBodyAsync(server, token);
            await body.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        }
        foreach (var token in new[] { founder.Session.AccessToken, "nonsense" })
        {
            using var bearer = await AsBearerAsync(server, token);
            await bearer.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        }
        using var none = await server.Http.PostAsync("api/auth/refresh", null, Stop);
        await none.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Fact]
    public async Task A_refresh_token_ends_at_its_time()
    {
        await using var server = await StartAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);

        _clock.Advance(TimeSpan.FromDays(7));
        using var expired = await InBodyAsync(server, founder.Session.RefreshToken);

        await expired.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
    }

    private async Task AssertEndedAsync(RunningServer server, Person founder, HttpResponseMessage reused, (string Access, string Refresh) newest)
    {
        await reused.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(server, founder.Session.AccessToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(server, newest.Access));
        using var renewal = await InBodyAsync(server, newest.Refresh);
        await renewal.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        var recorded = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RefreshReused));
        Assert.Equal(("critical", "denied", founder.Id), (recorded.Severity, recorded.Outcome, recorded.ActorUserId));
    }

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));

    private static Task<HttpResponseMessage> InBodyAsync(RunningServer server, string token, string userAgent = "") =>
        SendAsync(server, HttpMethod.Post, "api/auth/refresh", null, $$"""{"refresh_token":"{{token}}"}""", userAgent);

    private static Task<HttpResponseMessage> AsBearerAsync(RunningServer server, string token) => SendAsync(server, HttpMethod.Post, "api/auth/refresh", token);

    private static async Task<HttpStatusCode> MeAsync(RunningServer server, string access)
    {
        using var answer = await SendAsync(server, HttpMethod.Get, "api/auth/me", access);
        return answer.StatusCode;
    }

    private static async Task<(string Access, string Refresh)> TokensAsync(HttpResponseMessage answer)
    {
        var session = await answer.DataAsync();
        return (session.GetProperty("access_token").GetString()!, session.GetProperty("refresh_token").GetString()!);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, HttpMethod method, string path, string? bearer, string? body = null, string userAgent = "")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Answer.Json(body) };
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (userAgent.Length > 0)
            request.Headers.UserAgent.ParseAdd(userAgent);
        return await server.Http.SendAsync(request, Stop);
    }
}
