using System.Net;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Organizations;

public sealed class Inviting(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_mail_says_who_invites_to_what_in_text_and_html(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var email = Person.NewEmail();

        using var answer = await InviteAsync(founder, email, "viewer");

        var invitation = await answer.DataAsync();
        Assert.Equal((HttpStatusCode.Created, $"/api/organizations/{founder.OrganizationId}/invitations/{invitation.GetProperty("id").GetGuid()}"), (answer.StatusCode, answer.Header("Location")));
        Assert.Equal(("viewer", "pending", email), (invitation.GetProperty("role").GetString(), invitation.GetProperty("status").GetString(), invitation.GetProperty("email").GetString()));
        var mail = await Mailbox.WaitForAsync(server, email);
        var token = await Mailbox.InvitationTokenAsync(server, email);
        Assert.Equal("Invitation to Acme", mail.Subject);
        Assert.All(new[] { mail.TextBody, mail.HtmlBody }, body => Assert.All(new[] { founder.Email, "Acme", "viewer", token, "http://localhost:9000/" }, part => Assert.Contains(part, body, StringComparison.Ordinal)));
        Assert.DoesNotContain(token, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(founder.Id, Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.InvitationCreated)).ActorUserId);
    }

    [Theory, EveryShape]
    public async Task Registering_with_it_joins_and_founds_nothing_and_it_works_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var email = Person.NewEmail();
        await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = email.ToUpperInvariant(), Role = "auditor" }, Stop);
        var token = await Mailbox.InvitationTokenAsync(server, email.ToUpperInvariant());

        var client = server.NewClient();
        var session = await client.Auth.RegisterAsync(new RegisterRequest { Email = email, Password = Person.Password, InvitationToken = token, OrganizationName = "Not to be" }, Stop);

        Assert.Equal((founder.OrganizationId, true), (session.Organization.Id, session.User.EmailVerified));
        var membership = Assert.Single(await Stored.AllAsync<Membership>(server), membership => membership.UserId == session.User.Id);
        Assert.Equal((founder.OrganizationId, "auditor"), (membership.OrganizationId, membership.Role));
        Assert.Equal("accepted", Assert.Single((await founder.Client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items).Status);
        Assert.Equal(session.User.Id, Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.InvitationAccepted)).ActorUserId);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.UserRegistered), e => e.ActorUserId == session.User.Id);
        using var again = await AcceptAsync(server, session, token);
        await again.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.InvitationInvalid);
    }

    [Theory, EveryShape]
    public async Task Only_the_invited_address_may_accept(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, invited, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server), await Person.FounderAsync(server));
        await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = invited.Email, Role = "member" }, Stop);
        var token = await Mailbox.InvitationTokenAsync(server, invited.Email);
        var before = await Stored.OfAsync(server, founder.OrganizationId);
        var thief = Person.NewEmail();

        using var byOther = await AcceptAsync(server, other.Session, token);
        using var byRegistering = await RegisterAsync(server, thief, token);
        using var unknown = await AcceptAsync(server, invited.Session, "no-such-token");

        foreach (var refused in new[] { byOther, byRegistering, unknown })
            await refused.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.InvitationInvalid);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        Assert.DoesNotContain(await Stored.AllAsync<User>(server), user => user.Email == thief);
        Assert.Equal(founder.OrganizationId, (await invited.Client.Organizations.AcceptInvitationAsync(token, Stop)).Id);
        Assert.Equal(2, (await invited.Client.Organizations.ListAsync(stop: Stop)).Items.Count);
    }

    [Theory, EveryShape]
    public async Task A_withdrawn_invitation_is_good_for_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var email = Person.NewEmail();
        var invitation = await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = email, Role = "member" }, Stop);
        var token = await Mailbox.InvitationTokenAsync(server, email);

        await founder.Client.Organizations.RevokeInvitationAsync(founder.OrganizationId, invitation.Id, stop: Stop);

        using var late = await RegisterAsync(server, email, token);
        await late.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.InvitationInvalid);
        using var again = await founder.SendAsync(HttpMethod.Delete, $"api/organizations/{founder.OrganizationId}/invitations/{invitation.Id}");
        await again.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        Assert.Equal("revoked", Assert.Single((await founder.Client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items).Status);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.InvitationRevoked));
        Assert.DoesNotContain(await Stored.AllAsync<User>(server), user => user.Email == email);
    }

    [Theory, EveryShape]
    public async Task An_invitation_ends_after_a_week(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        var email = Person.NewEmail();
        await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = email, Role = "member" }, Stop);
        var token = await Mailbox.InvitationTokenAsync(server, email);

        clock.Advance(TimeSpan.FromDays(7));
        using var late = await RegisterAsync(server, email, token);

        await late.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.InvitationInvalid);
        await founder.Client.Auth.LoginAsync(founder.Email, Person.Password, Stop);
        Assert.Equal("expired", Assert.Single((await founder.Client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items).Status);
        Assert.DoesNotContain(await Stored.AllAsync<User>(server), user => user.Email == email);
    }

    [Theory, EveryShape]
    public async Task Who_may_not_invite_or_need_not_be_invited_is_refused_without_a_mail(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var manager = await founder.AddMemberAsync("manager");
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var aboveOwn = await InviteAsync(manager, Person.NewEmail(), "admin");
        using var member = await InviteAsync(founder, manager.Email.ToUpperInvariant(), "member");
        using var owner = await InviteAsync(founder, Person.NewEmail(), "owner");
        using var noAddress = await InviteAsync(founder, "nobody", "member");

        await aboveOwn.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        await member.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.MemberExists);
        await owner.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        await noAddress.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    private static Task<HttpResponseMessage> InviteAsync(Person actor, string email, string role) =>
        actor.SendAsync(HttpMethod.Post, $"api/organizations/{actor.OrganizationId}/invitations", Answer.Json($$"""{"email":"{{email}}","role":"{{role}}"}"""));

    private static Task<HttpResponseMessage> RegisterAsync(RunningServer server, string email, string token) => server.Http.PostAsync(
        "api/auth/register", Answer.Json(new JsonObject { ["email"] = email, ["password"] = Person.Password, ["invitation_token"] = token }.ToJsonString()), Stop);

    private static async Task<HttpResponseMessage> AcceptAsync(RunningServer server, SessionView session, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/organizations/invitations/accept") { Content = Answer.Json($$"""{"token":"{{token}}"}""") };
        request.Headers.Authorization = new("Bearer", session.AccessToken);
        return await server.Http.SendAsync(request, Stop);
    }
}
