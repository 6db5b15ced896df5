using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Organizations;

public sealed class TheOrganizationsOfAPerson(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/organizations")]
    [InlineData("api/auth/organizations")]
    public Task Founding_one_makes_its_owner_on_either_route_embedded(string route) => FoundAsync(route, Shape.Embedded);

    [Theory, EveryShape]
    public Task Founding_one_makes_its_owner(Shape shape) => FoundAsync("api/organizations", shape);

    [Theory, EveryShape]
    public async Task One_sees_ones_own_and_no_others(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var second = await founder.Client.Organizations.FoundAsync(new CreateOrganizationRequest { Name = "Second" }, Stop);

        var mine = await founder.Client.Organizations.ListAsync(stop: Stop);
        var page = await founder.Client.Organizations.ListAsync(limit: 1, offset: 1, stop: Stop);

        Assert.Equal([founder.OrganizationId, second.Id], mine.Items.Select(organization => organization.Id));
        Assert.Equal((second.Id, 2, false), (Assert.Single(page.Items).Id, page.Meta.Total, page.Meta.HasMore));
        Assert.Equal("Second", (await founder.Client.Organizations.GetAsync(second.Id, Stop)).Value.Name);
        using var theirs = await stranger.SendAsync(HttpMethod.Get, $"api/organizations/{second.Id}");
        await theirs.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task An_organization_without_a_name_is_invalid()
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);

        foreach (var body in new[] { "{}", """{"name":" "}""", """{"name":"A","website":"not an address"}""" })
        {
            using var answer = await founder.SendAsync(HttpMethod.Post, "api/organizations", Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        }

        Assert.Single(await Stored.AllAsync<Organization>(server), organization => organization.OwnerId == founder.Id);
    }

    private async Task FoundAsync(string route, Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        using var answer = await founder.SendAsync(HttpMethod.Post, route, Answer.Json("""{"name":"Second","description":"One more","website":"https://example.org"}"""));

        var organization = await answer.DataAsync();
        var id = organization.GetProperty("id").GetGuid();
        Assert.Equal((HttpStatusCode.Created, $"/api/organizations/{id}"), (answer.StatusCode, answer.Header("Location")));
        Assert.Equal(("Second", "Second", "One more", founder.Id), (organization.GetProperty("name").GetString(), organization.GetProperty("display_name").GetString(), organization.GetProperty("description").GetString(), organization.GetProperty("owner_id").GetGuid()));
        Assert.Single(await Stored.AllAsync<Membership>(server), membership => membership.OrganizationId == id && membership.UserId == founder.Id && membership.Role == "owner");
        Assert.Equal(founder.Id, Assert.Single(await Stored.EventsAsync(server, id, AuditActions.OrganizationCreated)).ActorUserId);
    }
}
