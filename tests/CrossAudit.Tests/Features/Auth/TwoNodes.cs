using System.Net;
using System.Net.Http.Headers;
using CrossAudit.Contracts.Auth;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>Two servers on one database: what ends on one ends on the other.</summary>
public sealed class TwoNodes(ServerSet servers)
{
    // The promise is a second; the rest is for a busy machine. A lost message would take the thirty seconds that a snapshot lives.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_out_on_one_node_ends_the_session_on_the_other()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other, founder));

        await founder.Client.Auth.LogoutAsync(Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(one, founder));
        await Eventually.HoldsAsync(async () => await MeAsync(other, founder) == HttpStatusCode.Unauthorized, Soon, "The end of the session on the other node");
    }

    [Fact]
    public async Task A_member_removed_on_one_node_is_shut_out_on_the_other()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var member = await founder.AddMemberAsync("member");
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other, member));

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(one, member));
        await Eventually.HoldsAsync(async () => await MeAsync(other, member) == HttpStatusCode.Unauthorized, Soon, "The end of the membership on the other node");
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other, founder));
    }

    [Fact]
    public async Task An_account_closed_on_one_node_is_signed_out_everywhere_on_the_other()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        // The last owner may not leave.
        var heir = await founder.AddMemberAsync("admin");
        await founder.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, heir.Id, "owner", Stop);
        var elsewhere = await other.NewClient().Auth.LoginAsync(new LoginRequest { Email = founder.Email, Password = Person.Password }, Stop);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await MeAsync(other, founder), await MeAsync(other, elsewhere.AccessToken)));

        await founder.Client.Account.DeactivateAsync(Person.Password, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(one, founder));
        await Eventually.HoldsAsync(async () => await MeAsync(other, founder) == HttpStatusCode.Unauthorized, Soon, "The end of the session on the other node");
        await Eventually.HoldsAsync(async () => await MeAsync(other, elsewhere.AccessToken) == HttpStatusCode.Unauthorized, Soon, "The end of the other session");
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other, heir));
    }

    private static Task<HttpStatusCode> MeAsync(RunningServer server, Person person) => MeAsync(server, person.Session.AccessToken);

    private static async Task<HttpStatusCode> MeAsync(RunningServer server, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/auth/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        using var answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
