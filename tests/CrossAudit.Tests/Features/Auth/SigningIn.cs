using System.Net;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SigningIn(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_right_password_signs_in_whatever_the_case_of_the_address(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        var session = await server.NewClient().Auth.LoginAsync(founder.Email.ToUpperInvariant(), Person.Password, Stop);

        Assert.Equal((founder.Id, founder.OrganizationId), (session.User.Id, session.Organization.Id));
        Assert.NotNull(session.User.LastLoginAt);
        var signedIn = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.LoginSucceeded));
        Assert.Equal((founder.Id, "user", "127.0.0.1"), (signedIn.ActorUserId, signedIn.ActorType, signedIn.IpAddress));
    }

    [Theory, EveryShape]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var sessions = (await Stored.AllAsync<Session>(server)).Count(session => session.UserId == founder.Id);

        using var wrong = await LoginAsync(server, founder.Email, "not the password");
        using var unknown = await LoginAsync(server, Person.NewEmail(), Person.Password);

        await wrong.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidCredentials);
        await unknown.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidCredentials);
        Assert.Equal(await WithoutTraceAsync(wrong), await WithoutTraceAsync(unknown));
        Assert.Equal(Names(wrong), Names(unknown));
        Assert.Equal(sessions, (await Stored.AllAsync<Session>(server)).Count(session => session.UserId == founder.Id));
        var failed = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.LoginFailed));
        Assert.Equal(("failure", "warning", founder.Id.ToString()), (failed.Outcome, failed.Severity, failed.ResourceId));
    }

    [Theory, EveryShape]
    public async Task Without_an_organization_it_is_the_one_used_last(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var client = founder.Client;
        var second = await client.Organizations.FoundAsync(new CreateOrganizationRequest { Name = "Second" }, Stop);
        Assert.Equal(founder.OrganizationId, (await client.Auth.LoginAsync(founder.Email, Person.Password, Stop)).Organization.Id);

        var named = await client.Auth.LoginAsync(new LoginRequest { Email = founder.Email, Password = Person.Password, OrganizationId = second.Id }, Stop);
        var unnamed = await client.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        Assert.Equal((second.Id, second.Id), (named.Organization.Id, unnamed.Organization.Id));
    }

    [Theory, EveryShape]
    public async Task An_organization_one_is_no_member_of_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var theirs = await LoginAsync(server, stranger.Email, Person.Password, founder.OrganizationId);
        using var nobodys = await LoginAsync(server, stranger.Email, Person.Password, Guid.CreateVersion7());

        await theirs.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.NoOrganization);
        await nobodys.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.NoOrganization);
        Assert.Equal(await WithoutTraceAsync(theirs), await WithoutTraceAsync(nobodys));
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        Assert.DoesNotContain(await Stored.AllAsync<Session>(server), session => session.UserId == stranger.Id && session.OrganizationId != stranger.OrganizationId);
    }

    [Fact]
    public async Task A_body_without_a_password_is_invalid()
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var answer = await server.Http.PostAsync("api/auth/login", Answer.Json("""{"email":"ada@example.org"}"""), Stop);

        Assert.True((await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid)).GetProperty("errors").TryGetProperty("password", out _));
    }

    private static Task<HttpResponseMessage> LoginAsync(RunningServer server, string email, string password, Guid? organizationId = null) =>
        server.Http.PostAsync("api/auth/login", Answer.Json(new JsonObject { ["email"] = email, ["password"] = password, ["organization_id"] = organizationId }.ToJsonString()), Stop);

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage answer)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!.AsObject();
        problem.Remove("trace_id");
        return problem.ToJsonString();
    }

    private static string Names(HttpResponseMessage answer) => string.Join(",", answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Order());
}
