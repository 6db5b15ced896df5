using System.Net;
using System.Net.Http.Headers;
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

    private static async Task<HttpStatusCode> MeAsync(RunningServer server, Person person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/auth/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", person.Session.AccessToken) } };
        using var answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
