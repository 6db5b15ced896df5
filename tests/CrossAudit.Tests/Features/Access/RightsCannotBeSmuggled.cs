using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Ways around the rule that nobody gives, or takes, what they do not hold.</summary>
public sealed class RightsCannotBeSmuggled(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_role_that_is_switched_off_is_given_only_by_who_holds_what_it_would_do(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var deputy = await founder.AddMemberAsync("viewer");
        await founder.GrantAsync(deputy, (await founder.MakeRoleAsync("deputy", ["roles.*"])).Id);
        var super = await founder.MakeRoleAsync("super", ["admin.full"]);
        await founder.Client.Access.UpdateRoleAsync(super.Id, new UpdateRoleRequest { IsActive = false }, stop: Stop);

        foreach (var (path, body) in new[]
        {
            ($"users/{deputy.Id}/roles/{super.Id}", "{}"),
            ("roles", $$"""{"name":"below","parent_role_id":"{{super.Id}}"}"""),
            ("departments", $$"""{"name":"Mine","default_role_id":"{{super.Id}}"}"""),
        })
        {
            using var answer = await deputy.SendAsync(HttpMethod.Post, "api/rbac/" + path, Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        }
    }

    [Theory, EveryShape]
    public async Task An_owner_takes_back_whatever_an_owner_was_denied(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var everything = await admin.MakeRoleAsync("nothing-left", [], denied: [.. Permissions.All.Except([Permissions.RolesManage, Permissions.UsersManage, Permissions.AdminFull])]);
        var (dummy, trap) = (await admin.MakeDepartmentAsync("Dummy"), await admin.MakeDepartmentAsync("Trap", defaultRole: everything.Id));
        await admin.GrantAsync(founder, everything.Id, dummy.Id);
        await admin.Client.Access.Departments.AddMemberAsync(trap.Id, founder.Id, Stop);
        await admin.GrantAsync(founder, everything.Id);
        using (var stripped = await founder.SendAsync(HttpMethod.Get, "api/documents"))
            await stripped.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);

        await founder.Client.Access.RevokeAsync(founder.Id, everything.Id, stop: Stop);
        await founder.Client.Access.Departments.RemoveMemberAsync(trap.Id, founder.Id, Stop);

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, admin.Id, Stop);
        Assert.Equal(0, (await founder.SeesAsync()).Total);
    }

    [Theory, EveryShape]
    public async Task Who_removes_a_member_holds_all_that_goes_with_the_membership(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (manager, member) = (await founder.AddMemberAsync("manager"), await founder.AddMemberAsync("member"));
        await founder.GrantAsync(member, await founder.RoleIdAsync("admin"));

        using var refused = await manager.SendAsync(HttpMethod.Delete, $"api/organizations/{founder.OrganizationId}/members/{member.Id}");

        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        Assert.True(await founder.MayAsync(member, Permissions.AdminFull));
    }

    [Theory, EveryShape]
    public async Task Who_was_removed_does_not_come_back_by_an_invitation_that_was_still_open(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = other.Email, Role = "member" }, Stop);

        await founder.Client.Organizations.AddMemberAsync(founder.OrganizationId, other.Id, "member", Stop);

        Assert.Equal(["revoked"], (await founder.Client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items.Select(invitation => invitation.Status));
    }

    [Theory, EveryShape]
    public async Task A_tree_as_deep_as_departments_may_lie_is_shown_and_a_deeper_one_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        DepartmentView? last = null;
        for (var level = 1; level <= 25; level++)
            last = await founder.MakeDepartmentAsync($"Level {level}", last?.Id);
        var (top, below) = (await founder.MakeDepartmentAsync("Top"), last!.Id);

        using var deeper = await founder.SendAsync(HttpMethod.Post, "api/rbac/departments", Answer.Json($$"""{"name":"Level 26","parent_department_id":"{{below}}"}"""));
        await deeper.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.DepartmentCycle);
        var first = (await founder.Client.Access.Departments.ListAsync(1000, stop: Stop)).Items.Single(department => department.Name == "Level 1");
        using var moved = await founder.SendAsync(HttpMethod.Put, $"api/rbac/departments/{first.Id}", Answer.Json($$"""{"parent_department_id":"{{top.Id}}"}"""));
        await moved.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.DepartmentCycle);

        var depth = 0;
        for (var at = (await founder.Client.Access.Departments.TreeAsync(Stop)).Single(node => node.Department.Name == "Level 1"); at is not null; at = at.Children.SingleOrDefault())
            depth++;
        Assert.Equal(25, depth);
    }

    [Theory, EveryShape]
    public async Task A_list_that_is_null_is_an_empty_one(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        using var role = await founder.SendAsync(HttpMethod.Post, "api/rbac/roles", Answer.Json("""{"name":"empty","permissions":null,"denied_permissions":null}"""));
        using var thread = await founder.SendAsync(HttpMethod.Post, "api/chat/threads", Answer.Json("""{"name":"Alone","participants":null}"""));
        using var document = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json("""{"title":"Untagged","tags":null}"""));

        Assert.All([role, thread, document], answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
    }
}
