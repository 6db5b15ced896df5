using System.Globalization;
using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Limits;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Auth;

public sealed class GuessingIsSlow(ServerSet servers)
{
    private const int Free = 10;

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Waits_double_and_the_right_password_has_to_wait_as_well(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);
        for (var i = 0; i < Free; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email)).StatusCode);

        foreach (var wait in new[] { 1, 2, 4, 8 })
        {
            using var refused = await server.LoginAsync(founder.Email, Person.Password);
            await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.LockedOut);
            Assert.Equal(wait.ToString(CultureInfo.InvariantCulture), refused.Header("Retry-After"));
            _clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email)).StatusCode);
        }

        _clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(founder.Email, Person.Password)).StatusCode);
        // The right one forgets the wrong ones.
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(founder.Email, Person.Password)).StatusCode);
        Assert.Equal(4, (await Stored.AllAsync<AuditEvent>(server)).Count(e => e.Action == AuditActions.LockedOut));
    }

    [Theory, EveryShape]
    public async Task However_many_guess_at_once_no_more_get_through(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.LoginAsync(founder.Email)));

        Assert.Equal(Free, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(40 - Free, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Theory, EveryShape]
    public async Task An_unknown_address_is_slowed_down_like_a_known_one(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var nobody = Person.NewEmail();

        for (var i = 0; i < Free; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(nobody)).StatusCode);

        using var refused = await server.LoginAsync(nobody);
        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.LockedOut);
    }

    [Fact]
    public async Task Guesses_on_one_node_count_on_the_other_and_without_Redis_each_counts_for_itself()
    {
        await using var redis = await RedisEngine.StartAsync();
        var settings = await servers.FullShapeAsync();
        (settings["REDIS_URL"], settings["RATE_LIMIT_PER_MINUTE"]) = (redis.Url, null);
        await using var one = await RunningServer.StartAsync(settings, WithClock);
        await using var other = await RunningServer.StartAsync(settings, WithClock);
        var (founder, second) = (await Person.FounderAsync(one), await Person.FounderAsync(one));
        for (var i = 0; i < Free; i++)
            await (i % 2 == 0 ? one : other).LoginAsync(founder.Email);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.LoginAsync(founder.Email)).StatusCode);

        await redis.StopAsync();
        for (var i = 0; i < Free; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await one.LoginAsync(second.Email)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await one.LoginAsync(second.Email)).StatusCode);
    }

    [Fact]
    public async Task Guessing_codes_is_no_faster_with_the_right_password_in_between()
    {
        await using var server = await servers.StartThrottledAsync(Shape.Embedded, _clock);
        var founder = await Person.FounderAsync(server);
        var setup = await founder.Client.Account.SetUpMfaAsync(Stop);
        await founder.Client.Account.EnableMfaAsync(new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(setup.Secret)).ComputeTotp(_clock.GetUtcNow().UtcDateTime), Stop);

        var guesses = 0;
        for (var i = 0; i < 60; i++)
        {
            using var guess = await server.LoginAsync(founder.Email, Person.Password, code: "000000");
            guesses += guess.StatusCode == HttpStatusCode.Unauthorized ? 1 : 0;
            using var between = await server.LoginAsync(founder.Email, Person.Password);
        }

        Assert.Equal(Free, guesses);
    }

    [Fact]
    public void Waits_grow_to_a_bound()
    {
        var rule = new AttemptRule(3, TimeSpan.FromMinutes(15));

        Assert.Equal([0, 0, 1, 2, 4, 8], Enumerable.Range(1, 6).Select(attempts => rule.WaitAfter(attempts).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(15), rule.WaitAfter(1_000_000));
    }

    private void WithClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);
}
