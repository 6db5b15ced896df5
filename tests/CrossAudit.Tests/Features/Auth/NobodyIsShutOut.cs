using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>What slows down guessing must not become a way to shut others out, nor to get round it.</summary>
public sealed class NobodyIsShutOut(ServerSet servers)
{
    private const string Attacker = "203.0.113.66";
    private const string Office = "198.51.100.7";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Theory, EveryShape]
    public async Task Whoever_guesses_locks_the_account_for_himself_alone(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);
        await UntilRefusedAsync(server, founder.Email, Attacker);

        using var guess = await server.LoginAsync(founder.Email, Person.Password, Attacker);
        using var owner = await server.LoginAsync(founder.Email, Person.Password, Office);

        await guess.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.LockedOut);
        Assert.Equal(HttpStatusCode.OK, owner.StatusCode);
    }

    [Theory, EveryShape]
    public async Task Many_addresses_slow_the_account_down_except_where_its_owner_has_signed_in_before(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(founder.Email, Person.Password, Office)).StatusCode);
        for (var i = 0; i < 100; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email, from: $"203.0.113.{i}")).StatusCode);

        using var elsewhere = await server.LoginAsync(founder.Email, Person.Password, "192.0.2.1");
        using var known = await server.LoginAsync(founder.Email, Person.Password, Office);

        await elsewhere.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.LockedOut);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory, EveryShape]
    public async Task A_neighbour_who_tries_many_accounts_is_stopped_and_those_who_work_there_are_not(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);
        var stranger = await Person.FounderAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(founder.Email, Person.Password, Office)).StatusCode);
        var tried = await SprayAsync(server, Office);

        using var known = await server.LoginAsync(founder.Email, Person.Password, Office);
        using var unknown = await server.LoginAsync(stranger.Email, Person.Password, Office);

        Assert.Equal(100, tried);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        await unknown.IsProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.LockedOut);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.OK, (await server.LoginAsync(stranger.Email, Person.Password, Office)).StatusCode);
    }

    [Fact]
    public async Task An_account_of_ones_own_does_not_buy_more_guesses_on_others()
    {
        await using var server = await servers.StartThrottledAsync(Shape.Embedded, _clock);
        var attacker = await Person.FounderAsync(server);

        var tried = await SprayAsync(server, Attacker, between: () => server.LoginAsync(attacker.Email, Person.Password, Attacker));

        Assert.Equal(100, tried);
    }

    [Fact]
    public async Task The_addresses_of_one_IPv6_network_are_one()
    {
        await using var server = await servers.StartThrottledAsync(Shape.Embedded, _clock);
        var founder = await Person.FounderAsync(server);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email, from: $"2001:db8:0:1::{i + 1:x}")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.LoginAsync(founder.Email, from: "2001:db8:0:1:ffff::1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email, from: "2001:db8:0:2::1")).StatusCode);
    }

    [Theory, EveryShape]
    public async Task A_refused_attempt_does_not_count_and_is_recorded_once(Shape shape)
    {
        await using var server = await servers.StartThrottledAsync(shape, _clock);
        var founder = await Person.FounderAsync(server);
        await UntilRefusedAsync(server, founder.Email, Attacker);
        for (var i = 0; i < 20; i++)
            await server.LoginAsync(founder.Email, from: Attacker);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.LoginAsync(founder.Email, from: Attacker)).StatusCode);

        var events = await Stored.AllAsync<AuditEvent>(server);
        Assert.Single(events, e => e.Action == AuditActions.LockedOut);
        Assert.Equal(11, events.Count(e => e.Action == AuditActions.LoginFailed));
    }

    private static async Task UntilRefusedAsync(RunningServer server, string email, string from)
    {
        while ((await server.LoginAsync(email, from: from)).StatusCode != HttpStatusCode.TooManyRequests)
        {
        }
    }

    // One password on many accounts.
    private static async Task<int> SprayAsync(RunningServer server, string from, Func<Task>? between = null)
    {
        for (var tried = 0; ; tried++)
        {
            if ((await server.LoginAsync(Person.NewEmail(), from: from)).StatusCode == HttpStatusCode.TooManyRequests)
                return tried;
            if (between is not null)
                await between();
        }
    }
}
