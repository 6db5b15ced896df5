using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class Registering(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Whoever_registers_owns_one_organization_and_is_signed_in_to_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var client = server.NewClient();
        var email = Person.NewEmail();

        var session = await client.Auth.RegisterAsync(
            new RegisterRequest { Email = email, Password = Person.Password, FirstName = "Ada", LastName = "Lovelace", Timezone = "Europe/London", Language = "en-GB", OrganizationName = "Engines" }, Stop);

        Assert.Equal((email, "Ada", "Lovelace", "Europe/London", "en-GB"), (session.User.Email, session.User.FirstName, session.User.LastName, session.User.Timezone, session.User.Language));
        Assert.Equal(("Engines", session.User.Id, "bearer"), (session.Organization.Name, session.Organization.OwnerId, session.TokenType));
        Assert.Equal(session.Organization.Id, Assert.Single((await client.Organizations.ListAsync(stop: Stop)).Items).Id);
        var owner = Assert.Single((await client.Organizations.ListMembersAsync(session.Organization.Id, stop: Stop)).Items);
        Assert.Equal((session.User.Id, "owner"), (owner.UserId, owner.Role));
        Assert.Equal(session.User.Id, (await client.Auth.MeAsync(Stop)).Id);
        Assert.Equal(session.User.Id, Assert.Single(await Stored.EventsAsync(server, session.Organization.Id, AuditActions.UserRegistered)).ActorUserId);
        Assert.Single(await Stored.EventsAsync(server, session.Organization.Id, AuditActions.OrganizationCreated));
    }

    [Theory]
    [InlineData("Ada", null, null, "Ada's organization")]
    [InlineData(null, null, null, "@'s organization")]
    [InlineData("Ada", "Lovelace", "", "Ada Lovelace's organization")]
    [InlineData("Ada", null, "  ", "Ada's organization")]
    public async Task An_organization_without_a_name_is_called_after_the_person(string? first, string? last, string? named, string name)
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var email = Person.NewEmail();

        var session = await server.NewClient().Auth.RegisterAsync(
            new RegisterRequest { Email = email, Password = Person.Password, FirstName = first, LastName = last, OrganizationName = named }, Stop);

        Assert.Equal(name.Replace("@", email.Split('@')[0], StringComparison.Ordinal), session.Organization.Name);
    }

    [Theory, EveryShape]
    public async Task An_address_is_taken_whatever_its_case(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        foreach (var email in new[] { founder.Email, founder.Email.ToUpperInvariant(), $" {founder.Email} " })
        {
            using var answer = await RegisterAsync(server, email);

            var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.EmailTaken);
            Assert.True(problem.GetProperty("errors").TryGetProperty("email", out _));
        }
        Assert.Single(await Stored.AllAsync<User>(server), user => string.Equals(user.Email, founder.Email, StringComparison.OrdinalIgnoreCase));
        Assert.Single(await Stored.AllAsync<Organization>(server), organization => organization.OwnerId == founder.Id);
    }

    [Theory, EveryShape]
    public async Task Of_many_who_register_the_same_address_at_once_one_wins(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var email = Person.NewEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => RegisterAsync(server, i % 2 == 0 ? email : email.ToUpperInvariant())));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
            await refused.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.EmailTaken);
        var user = Assert.Single(await Stored.AllAsync<User>(server), user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase));
        Assert.Single(await Stored.AllAsync<Membership>(server), membership => membership.UserId == user.Id);
    }

    [Theory]
    [InlineData("""{"email":"nobody","password":"a long enough password"}""", "email")]
    [InlineData("""{"password":"a long enough password"}""", "email")]
    [InlineData("""{"email":"@","password":"1234567"}""", "password")]
    [InlineData("""{"email":"@"}""", "password")]
    [InlineData("""{"email":"@","password":"a long enough password","timezone":"Mars/Olympus"}""", "timezone")]
    [InlineData("""{"email":"@","password":"a long enough password","first_name":"\u0000"}""", "first_name")]
    public async Task A_field_that_is_not_what_it_should_be_is_named_and_nobody_registered(string body, string field)
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var email = Person.NewEmail();

        using var answer = await server.Http.PostAsync("api/auth/register", Answer.Json(body.Replace("\"@\"", $"\"{email}\"", StringComparison.Ordinal)), Stop);

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.DoesNotContain(await Stored.AllAsync<User>(server), user => user.Email == email);
    }

    private static Task<HttpResponseMessage> RegisterAsync(RunningServer server, string email) =>
        server.Http.PostAsync("api/auth/register", Answer.Json($$"""{"email":"{{email}}","password":"{{Person.Password}}"}"""), Stop);
}
