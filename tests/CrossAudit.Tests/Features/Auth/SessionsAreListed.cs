using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SessionsAreListed(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_session_is_listed_with_its_device_and_address_and_can_be_ended(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var elsewhere = server.NewClient();
        await elsewhere.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        var sessions = (await founder.Client.Auth.ListSessionsAsync(stop: Stop)).Items;
        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, session => Assert.Equal(("127.0.0.1", "Acme", "pwd"), (session.IpAddress, session.OrganizationName, Assert.Single(session.Methods))));
        var other = Assert.Single(sessions, session => !session.IsCurrent);
        await founder.Client.Auth.EndSessionAsync(other.Id, Stop);

        var shutOut = await Assert.ThrowsAsync<CrossAuditException>(() => elsewhere.Auth.MeAsync(Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, (HttpStatusCode)shutOut.Problem.Status);
        Assert.True(Assert.Single((await founder.Client.Auth.ListSessionsAsync(stop: Stop)).Items).IsCurrent);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.SessionEnded), e => e.ResourceId == other.Id.ToString());
    }

    [Theory, EveryShape]
    public async Task All_other_sessions_end_together_and_the_own_goes_on(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var others = new[] { server.NewClient(), server.NewClient() };
        foreach (var other in others)
            await other.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        await founder.Client.Auth.EndOtherSessionsAsync(Stop);

        foreach (var other in others)
            await Assert.ThrowsAsync<CrossAuditException>(() => other.Auth.MeAsync(Stop));
        Assert.Equal(founder.Email, (await founder.Client.Auth.MeAsync(Stop)).Email);
    }

    [Theory, EveryShape]
    public async Task Somebody_elses_session_is_not_there(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var session = Assert.Single((await founder.Client.Auth.ListSessionsAsync(stop: Stop)).Items).Id;

        using var refused = await stranger.SendAsync(HttpMethod.Delete, $"api/auth/sessions/{session}");

        await refused.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        Assert.Equal(founder.Email, (await founder.Client.Auth.MeAsync(Stop)).Email);
    }

    [Theory, EveryShape]
    public async Task A_person_goes_on_in_another_of_their_organizations_and_leaves_the_old_tokens_behind(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var second = await founder.Client.Organizations.FoundAsync(new CreateOrganizationRequest { Name = "Second" }, Stop);
        var switched = await founder.Client.Auth.SwitchOrganizationAsync(second.Id, Stop);

        Assert.Equal((second.Id, founder.Id), (switched.Organization.Id, switched.User.Id));
        Assert.Equal(second.Id.ToString(), new JsonWebToken(switched.AccessToken).GetClaim("org_id").Value);
        Assert.Empty((await founder.Client.Documents.ListAsync(stop: Stop)).Items);
        using var old = await founder.SendAsync(HttpMethod.Get, "api/auth/me");
        await old.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        foreach (var organization in new[] { founder.OrganizationId, second.Id })
            Assert.Single(await Stored.EventsAsync(server, organization, AuditActions.OrganizationSwitched));
    }

    [Theory, EveryShape]
    public async Task What_has_been_over_for_a_month_is_removed(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        await founder.Client.Auth.LogoutAsync(Stop);
        Assert.Single(await Stored.AllAsync<Session>(server));
        Assert.Single(await Stored.AllAsync<OneTimeToken>(server));

        clock.Advance(TimeSpan.FromDays(33));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return (await Stored.AllAsync<Session>(server)).Count + (await Stored.AllAsync<OneTimeToken>(server)).Count == 0;
            },
            TimeSpan.FromSeconds(20),
            "The removal");
    }

    [Theory, EveryShape]
    public async Task Nobody_goes_on_where_they_are_no_member(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));

        using var refused = await stranger.SendAsync(HttpMethod.Post, "api/auth/switch-organization", Answer.Json($$"""{"organization_id":"{{founder.OrganizationId}}"}"""));

        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.NoOrganization);
        Assert.Equal(stranger.OrganizationId, (await stranger.Client.Documents.CreateAsync(new() { Title = "Still at home" }, Stop)).Value.OrganizationId);
    }
}
