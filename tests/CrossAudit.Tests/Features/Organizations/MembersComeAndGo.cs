using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Organizations;

public sealed class MembersComeAndGo(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_member_is_added_once_and_listed(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));

        var member = await founder.Client.Organizations.AddMemberAsync(founder.OrganizationId, other.Id, "viewer", Stop);

        Assert.Equal((other.Id, other.Email, "viewer"), (member.UserId, member.Email, member.Role));
        var list = await founder.Client.Organizations.ListMembersAsync(founder.OrganizationId, stop: Stop);
        Assert.Equal([(founder.Id, "owner"), (other.Id, "viewer")], list.Items.Select(m => (m.UserId, m.Role)));
        var added = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MemberAdded));
        Assert.Equal((founder.Id, other.Id, "viewer"), (added.ActorUserId, added.TargetUserId, added.Metadata!["role"]!.GetValue<string>()));

        var before = await Stored.OfAsync(server, founder.OrganizationId);
        using var again = await AddAsync(founder, founder.OrganizationId, other.Id, "member");
        await again.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.MemberExists);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Of_two_who_add_the_same_person_at_once_one_is_told_so(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AddAsync(founder, founder.OrganizationId, other.Id, "member")));

        Assert.Equal([200, 409, 409, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Single(await Stored.AllAsync<Membership>(server), membership => membership.UserId == other.Id && membership.OrganizationId == founder.OrganizationId);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MemberAdded));
    }

    [Theory, EveryShape]
    public async Task Nobody_gives_or_takes_what_they_do_not_hold(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var (admin, manager) = (await founder.AddMemberAsync("admin"), await founder.AddMemberAsync("manager"));
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var addAdmin = await AddAsync(manager, founder.OrganizationId, other.Id, "admin");
        using var removeAdmin = await RemoveAsync(manager, founder.OrganizationId, admin.Id);
        using var removeOwner = await RemoveAsync(manager, founder.OrganizationId, founder.Id);

        await addAdmin.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        await removeAdmin.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        await removeOwner.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        using var addMember = await AddAsync(manager, founder.OrganizationId, other.Id, "member");
        Assert.Equal(HttpStatusCode.OK, addMember.StatusCode);
    }

    [Theory, EveryShape]
    public async Task What_cannot_be_is_refused_and_changes_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var member = await founder.AddMemberAsync("member");
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var owner = await AddAsync(founder, founder.OrganizationId, other.Id, "owner");
        using var unknownRole = await AddAsync(founder, founder.OrganizationId, other.Id, "root");
        using var nobody = await AddAsync(founder, founder.OrganizationId, Guid.CreateVersion7(), "member");
        using var noMember = await RemoveAsync(founder, founder.OrganizationId, other.Id);
        using var byMember = await RemoveAsync(member, founder.OrganizationId, founder.Id);
        using var lastOwner = await RemoveAsync(founder, founder.OrganizationId, founder.Id);

        await owner.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        await unknownRole.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        await nobody.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        await noMember.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        await byMember.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        await lastOwner.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.LastOwner);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task A_removed_member_is_shut_out_at_once_and_keeps_their_own_organization(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        using var before = await member.SendAsync(HttpMethod.Get, "api/documents");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var removed = await RemoveAsync(founder, founder.OrganizationId, member.Id);

        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        using var after = await member.SendAsync(HttpMethod.Get, "api/documents");
        await after.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        using var renewal = await server.Http.PostAsync("api/auth/refresh", Answer.Json($$"""{"refresh_token":"{{member.Session.RefreshToken}}"}"""), Stop);
        await renewal.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        var event_ = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MemberRemoved));
        Assert.Equal((founder.Id, member.Id, false), (event_.ActorUserId, event_.TargetUserId, event_.Metadata!["left"]!.GetValue<bool>()));
        var own = await server.NewClient().Auth.LoginAsync(new LoginRequest { Email = member.Email, Password = Person.Password }, Stop);
        Assert.NotEqual(founder.OrganizationId, own.Organization.Id);
    }

    [Theory, EveryShape]
    public async Task Anybody_may_leave(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");

        using var left = await RemoveAsync(viewer, founder.OrganizationId, viewer.Id);

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        using var after = await viewer.SendAsync(HttpMethod.Get, "api/auth/me");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        var event_ = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MemberRemoved));
        Assert.Equal((viewer.Id, true), (event_.ActorUserId, event_.Metadata!["left"]!.GetValue<bool>()));
        Assert.Equal([founder.Id], (await founder.Client.Organizations.ListMembersAsync(founder.OrganizationId, stop: Stop)).Items.Select(m => m.UserId));
    }

    private static Task<HttpResponseMessage> AddAsync(Person actor, Guid organization, Guid user, string role) =>
        actor.SendAsync(HttpMethod.Post, $"api/organizations/{organization}/members/{user}?role={role}");

    private static Task<HttpResponseMessage> RemoveAsync(Person actor, Guid organization, Guid user) =>
        actor.SendAsync(HttpMethod.Delete, $"api/organizations/{organization}/members/{user}");
}
