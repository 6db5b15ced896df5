using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Organizations;

public sealed class OrganizationsChangeHands(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task What_an_organization_says_of_itself_is_changed_field_by_field(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var before = await founder.Client.Organizations.GetAsync(founder.OrganizationId, Stop);

        var after = await founder.Client.Organizations.UpdateAsync(founder.OrganizationId, new UpdateOrganizationRequest { DisplayName = "Acme & Co", Website = "https://acme.example" }, before.ETag, Stop);

        Assert.Equal(("Acme", "Acme & Co", "https://acme.example"), (after.Value.Name, after.Value.DisplayName, after.Value.Website));
        var viewer = await founder.AddMemberAsync("viewer");
        using var refused = await viewer.SendAsync(HttpMethod.Put, $"api/organizations/{founder.OrganizationId}", Answer.Json("""{"name":"Taken over"}"""));
        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        Assert.Equal("Acme & Co", Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.OrganizationUpdated)).Changes!["display_name"]!["to"]!.GetValue<string>());
    }

    [Theory, EveryShape]
    public async Task Roles_are_given_by_those_who_hold_them_and_take_effect_at_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (manager, viewer) = (await founder.AddMemberAsync("manager"), await founder.AddMemberAsync("viewer"));

        Assert.Equal(ErrorCodes.RoleAboveOwn, await CodeAsync(() => manager.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, viewer.Id, "admin", Stop)));
        Assert.Equal(ErrorCodes.RoleAboveOwn, await CodeAsync(() => manager.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, founder.Id, "viewer", Stop)));
        await manager.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, viewer.Id, "member", Stop);
        await viewer.Client.Documents.CreateAsync(new() { Title = "Now I may" }, Stop);
        using var byQuery = await founder.SendAsync(HttpMethod.Put, $"api/organizations/{founder.OrganizationId}/members/{viewer.Id}/role?new_role=auditor");
        Assert.Equal(HttpStatusCode.OK, byQuery.StatusCode);
        Assert.Equal(ErrorCodes.PermissionDenied, await CodeAsync(() => viewer.Client.Documents.CreateAsync(new() { Title = "Not any more" }, Stop)));

        Assert.Equal(2, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MemberRoleChanged)).Count);
    }

    [Theory, EveryShape]
    public async Task An_organization_is_handed_over_to_another_member(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var heir = await founder.AddMemberAsync("member");

        await founder.Client.Organizations.TransferOwnershipAsync(founder.OrganizationId, heir.Id, Stop);

        Assert.Equal(heir.Id, (await heir.Client.Organizations.GetAsync(founder.OrganizationId, Stop)).Value.OwnerId);
        Assert.Equal(ErrorCodes.RoleAboveOwn, await CodeAsync(() => founder.Client.Organizations.TransferOwnershipAsync(founder.OrganizationId, founder.Id, Stop)));
        Assert.Equal(ErrorCodes.OwnerRequired, await CodeAsync(() => founder.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop)));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.OwnerChanged));
    }

    [Theory, EveryShape]
    public async Task However_owners_leave_and_step_down_at_once_one_remains(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        for (var round = 0; round < 5; round++)
        {
            var founder = await Person.FounderAsync(server);
            var second = await founder.AddMemberAsync("admin");
            await founder.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, second.Id, "owner", Stop);

            await Task.WhenAll(
                founder.SendAsync(HttpMethod.Delete, $"api/organizations/{founder.OrganizationId}/members/{founder.Id}"),
                second.SendAsync(HttpMethod.Put, $"api/organizations/{founder.OrganizationId}/members/{second.Id}/role?new_role=admin"),
                founder.SendAsync(HttpMethod.Put, $"api/organizations/{founder.OrganizationId}/members/{second.Id}/role?new_role=viewer"),
                second.SendAsync(HttpMethod.Delete, $"api/organizations/{founder.OrganizationId}/members/{founder.Id}"));

            Assert.Contains(await Stored.AllAsync<Membership>(server), m => m.OrganizationId == founder.OrganizationId && m.Role == "owner");
        }
    }

    [Theory, EveryShape]
    public async Task A_deleted_organization_is_closed_at_once_can_be_restored_and_is_destroyed_in_the_end_but_for_its_trail(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        // The destruction breaks off once, when documents and chat are gone already.
        var lastFeature = new InterruptedOnce();
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock).AddSingleton<IOrganizationData>(lastFeature));
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        await founder.UploadTextAsync("What will be destroyed.");
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Private", IsPrivate = true, Participants = [member.Id] }, Stop)).Value;
        var message = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Gone soon" }, Stop);
        await member.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Indeed", ParentMessageId = message.Id }, Stop);
        Assert.Equal(ErrorCodes.OwnerRequired, await CodeAsync(() => member.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop)));
        var elsewhere = server.NewClient();
        await elsewhere.Auth.LoginAsync(founder.Email, Person.Password, Stop);
        var home = await elsewhere.Organizations.FoundAsync(new CreateOrganizationRequest { Name = "Home" }, Stop);
        await elsewhere.Auth.SwitchOrganizationAsync(home.Id, Stop);

        var deleted = await founder.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop);
        Assert.Equal(clock.GetUtcNow().AddDays(30), deleted.DeletionDueAt, TimeSpan.FromSeconds(1));
        Assert.Contains("deleted", deleted.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.SendAsync(HttpMethod.Get, "api/auth/me")).StatusCode);
        // Its owner can still sign in to it, and do that one thing.
        Assert.Equal(ErrorCodes.OrganizationDeleted, await CodeAsync(() => founder.Client.Documents.ListAsync(stop: Stop)));
        await elsewhere.Organizations.RestoreAsync(founder.OrganizationId, Stop);
        Assert.Equal(HttpStatusCode.OK, (await member.SendAsync(HttpMethod.Get, "api/auth/me")).StatusCode);

        await elsewhere.Auth.SwitchOrganizationAsync(founder.OrganizationId, Stop);
        await elsewhere.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop);
        for (var days = 0; days < 31; days++)
            clock.Advance(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                return !(await Stored.AllAsync<Organization>(server)).Exists(o => o.Id == founder.OrganizationId);
            },
            TimeSpan.FromSeconds(30),
            "The destruction");

        Assert.Equal(2, lastFeature.Calls);
        Assert.All(await Stored.OfAsync(server, founder.OrganizationId), line => Assert.StartsWith("AuditEvent ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(await Stored.AllAsync<Fragment>(server), f => f.OrganizationId == founder.OrganizationId);
        Assert.Contains(await Stored.AllAsync<AuditEvent>(server), e => e.OrganizationId == founder.OrganizationId && e.Action == AuditActions.OrganizationPurged);
        Assert.Contains(await Stored.AllAsync<AuditEvent>(server), e => e.OrganizationId == founder.OrganizationId && e.Action == AuditActions.UserRegistered);
    }

    [Theory, EveryShape]
    public async Task An_invitation_is_mailed_again_with_another_token_and_can_be_looked_at_before(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var invitation = await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = Person.NewEmail(), Role = "viewer" }, Stop);
        var first = await Mailbox.InvitationTokenAsync(server, invitation.Email);
        var preview = await server.NewClient().Organizations.LookUpInvitationAsync(first, Stop);
        Assert.Equal(("Acme", invitation.Email, "viewer", false), (preview.OrganizationName, preview.Email, preview.Role, preview.HasAccount));

        await founder.Client.Organizations.ResendInvitationAsync(founder.OrganizationId, invitation.Id, Stop);
        var second = await Eventually.FindAsync(async () => await Mailbox.InvitationTokenAsync(server, invitation.Email) is var token && token != first ? token : null, TimeSpan.FromSeconds(20), "The next token");

        Assert.Equal(ErrorCodes.InvitationInvalid, await CodeAsync(() => server.NewClient().Organizations.LookUpInvitationAsync(first, Stop)));
        await server.NewClient().Auth.RegisterAsync(new RegisterRequest { Email = invitation.Email, Password = Person.Password, InvitationToken = second }, Stop);
        Assert.Equal("accepted", Assert.Single((await founder.Client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items).Status);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.InvitationResent));
    }

    [Theory, EveryShape]
    public async Task A_removed_member_who_comes_back_finds_neither_old_session_nor_private_thread(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Private", IsPrivate = true, Participants = [member.Id] }, Stop)).Value;
        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);

        await founder.Client.Organizations.AddMemberAsync(founder.OrganizationId, member.Id, "member", Stop);

        using var old = await member.SendAsync(HttpMethod.Get, "api/auth/me");
        await old.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        var again = server.NewClient();
        await again.Auth.LoginAsync(new LoginRequest { Email = member.Email, Password = Person.Password, OrganizationId = founder.OrganizationId }, Stop);
        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(() => again.Chat.GetThreadAsync(thread.Id, Stop)));
    }

    private static async Task<string?> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<CrossAuditException>(act)).Problem.Code;

    private sealed class InterruptedOnce : IOrganizationData
    {
        public int Calls { get; private set; }

        public Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop) => Task.CompletedTask;

        public Task DestroyAsync(Guid organizationId, CancellationToken stop) => ++Calls == 1 ? throw new IOException("Interrupted.") : Task.CompletedTask;
    }
}
