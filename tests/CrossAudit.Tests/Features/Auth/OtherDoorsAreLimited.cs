using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>Routes beside the sign-in that strangers may try: each only so often from one address.</summary>
public sealed class OtherDoorsAreLimited(ServerSet servers)
{
    private const string Stranger = "203.0.113.66";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("api/auth/register", 300)]
    [InlineData("api/auth/refresh", 60)]
    [InlineData("api/auth/reset-password", 20)]
    [InlineData("api/auth/reset-password/confirm", 20)]
    [InlineData("api/auth/verify-email", 20)]
    [InlineData("api/organizations/invitations/accept", 20)]
    public async Task Whoever_tries_too_often_waits_and_others_do_not(string path, int free)
    {
        await using var server = await servers.StartThrottledAsync(Shape.Embedded, _clock);
        var person = await Person.FounderAsync(server);
        for (var i = 0; i < free; i++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await TryAsync(server, person, path, Stranger)).StatusCode);

        using var refused = await TryAsync(server, person, path, Stranger);
        using var other = await TryAsync(server, person, path, "198.51.100.7");

        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.TooManyRequests);
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, other.StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await TryAsync(server, person, path, Stranger)).StatusCode);
    }

    [Theory, EveryShape]
    public async Task Renewing_is_never_too_often(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var token = (await Person.FounderAsync(server)).Session.RefreshToken;

        for (var i = 0; i < 70; i++)
        {
            using var answer = await server.PostFromAsync(Stranger, "api/auth/refresh", new { refresh_token = token });
            token = (await answer.DataAsync()).GetProperty("refresh_token").GetString()!;
        }
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled()
    {
        await using var server = await servers.StartThrottledAsync(Shape.Embedded, _clock);
        var person = await Person.FounderAsync(server);

        for (var i = 0; i < 12; i++)
            Assert.Equal(HttpStatusCode.OK, (await server.PostFromAsync($"203.0.113.{i}", "api/auth/reset-password", new { email = person.Email })).StatusCode);

        Assert.Equal(5, (await Stored.AllAsync<CrossAudit.Server.Core.Auditing.AuditEvent>(server)).Count(e => e.Metadata?["mailed"]?.GetValue<bool>() is true));
    }

    private static Task<HttpResponseMessage> TryAsync(RunningServer server, Person person, string path, string from) => server.PostFromAsync(
        from, path, new { email = Person.NewEmail(), password = Person.Password, new_password = Person.Password, refresh_token = "rt_not-one", token = new string('x', 43) }, person.Session.AccessToken);
}
