using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Nobody gives or takes what they do not hold; grants end by themselves; and however two race, somebody is left in charge.</summary>
public sealed class GrantsAreGuarded(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Nobody_grants_makes_or_changes_a_role_above_their_own(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (deputy, other) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("viewer"));
        var deputies = await founder.MakeRoleAsync("deputy", ["roles.*", "users.*"]);
        await founder.GrantAsync(deputy, deputies.Id);
        var (above, cleared, muted) = (await founder.MakeRoleAsync("above", ["audit.manage"]), await founder.MakeRoleAsync("cleared", [], clearance: SensitivityLevel.Restricted), await founder.MakeRoleAsync("muted", [], denied: ["billing.manage"]));
        await founder.GrantAsync(other, above.Id);
        var (admin, sales) = (await founder.RoleIdAsync("admin"), await founder.MakeDepartmentAsync("Sales"));
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Post, $"users/{other.Id}/roles/{above.Id}", "{}"),
            (HttpMethod.Post, $"users/{deputy.Id}/roles/{admin}", "{}"),
            (HttpMethod.Post, $"users/{deputy.Id}/roles/{above.Id}", $$"""{"department_id":"{{sales.Id}}"}"""),
            (HttpMethod.Post, $"users/{other.Id}/roles/{cleared.Id}", "{}"),
            (HttpMethod.Post, $"users/{other.Id}/roles/{muted.Id}", "{}"),
            (HttpMethod.Delete, $"users/{other.Id}/roles/{above.Id}", null),
            (HttpMethod.Post, "roles", """{"name":"mine","permissions":["admin.full"]}"""),
            (HttpMethod.Post, "roles", """{"name":"mine","permissions":["audit.*"]}"""),
            (HttpMethod.Post, "roles", $$"""{"name":"mine","parent_role_id":"{{above.Id}}"}"""),
            (HttpMethod.Post, "roles", """{"name":"mine","max_sensitivity":"restricted"}"""),
            (HttpMethod.Post, "roles/from-template", """{"template":"compliance_officer"}"""),
            (HttpMethod.Put, $"roles/{deputies.Id}", """{"permissions":["roles.*","users.*","audit.manage"]}"""),
            (HttpMethod.Put, $"roles/{above.Id}", """{"permissions":[]}"""),
            (HttpMethod.Put, $"roles/{muted.Id}", """{"denied_permissions":[]}"""),
            (HttpMethod.Delete, $"roles/{cleared.Id}", null),
            (HttpMethod.Post, "departments", $$"""{"name":"Mine","default_role_id":"{{above.Id}}"}"""),
        })
        {
            using var answer = await deputy.SendAsync(method, "api/rbac/" + path, body is null ? null : Answer.Json(body));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} {body} answered {answer.StatusCode}");
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        }
        using (var invite = await deputy.SendAsync(HttpMethod.Post, $"api/organizations/{founder.OrganizationId}/invitations", Answer.Json("""{"email":"x@example.org","role":"manager"}""")))
            await invite.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));

        // What they hold they give.
        await deputy.GrantAsync(other, (await deputy.MakeRoleAsync("mine", ["documents.write"])).Id);
    }

    [Theory, EveryShape]
    public async Task Moving_a_department_gives_nobody_what_the_mover_does_not_hold(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (deputy, reader) = (await founder.AddMemberAsync("auditor"), await founder.AddMemberAsync("auditor"));
        await founder.GrantAsync(deputy, (await founder.MakeRoleAsync("deputy", ["roles.*"])).Id);
        var (sales, payroll) = (await founder.MakeDepartmentAsync("Sales"), await founder.MakeDepartmentAsync("Payroll"));
        await founder.GrantAsync(reader, (await founder.MakeRoleAsync("reader", ["documents.read"])).Id, sales.Id);

        using var move = await deputy.SendAsync(HttpMethod.Put, $"api/rbac/departments/{payroll.Id}", Answer.Json($$"""{"parent_department_id":"{{sales.Id}}"}"""));

        await move.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleAboveOwn);
        Assert.Null((await founder.Client.Access.Departments.GetAsync(payroll.Id, Stop)).Value.ParentDepartmentId);
    }

    [Theory, EveryShape]
    public async Task A_grant_ends_by_itself_and_can_be_given_longer(Shape shape)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = await servers.StartAsync(shape, configure: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var founder = await Person.FounderAsync(server);
        var temp = await founder.AddMemberAsync("auditor");
        var role = await founder.MakeRoleAsync("reader", ["documents.read"]);
        var end = clock.GetUtcNow().AddMinutes(5);
        using (var past = await founder.SendAsync(HttpMethod.Post, $"api/rbac/users/{temp.Id}/roles/{role.Id}", Answer.Json("""{"expires_at":"2020-01-01T00:00:00Z"}""")))
            await past.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);

        await founder.GrantAsync(temp, role.Id, until: end);

        Assert.Equal(0, (await temp.SeesAsync()).Total);
        clock.Advance(TimeSpan.FromMinutes(5));
        using (var over = await temp.SendAsync(HttpMethod.Get, "api/documents"))
            await over.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        Assert.Equal([false, true], (await founder.Client.Access.ListUserRolesAsync(temp.Id, stop: Stop)).Items.Select(held => held.IsActive).Order());
        var missing = await founder.Client.Access.CheckAsync(new CheckRequest { UserId = temp.Id, Permission = Permissions.DocumentsRead }, Stop);
        Assert.EndsWith("It has ended.", missing.Because[^1].Detail, StringComparison.Ordinal);

        var longer = await founder.GrantAsync(temp, role.Id, until: clock.GetUtcNow().AddDays(1));
        Assert.True(longer.IsActive);
        Assert.Equal(0, (await temp.SeesAsync()).Total);
        var granted = await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RoleGranted);
        Assert.Equal(2, granted.Count);
        Assert.All(granted, e => Assert.Equal((founder.Id, temp.Id), (e.ActorUserId!.Value, e.TargetUserId!.Value)));
    }

    [Theory, EveryShape]
    public async Task An_owner_cannot_be_locked_out(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var harmless = await admin.MakeRoleAsync("harmless", [], denied: ["documents.delete"]);
        var barred = await admin.MakeRoleAsync("barred", [], denied: ["roles.*"]);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var person in new[] { admin, founder })
        {
            using var answer = await person.SendAsync(HttpMethod.Post, $"api/rbac/users/{founder.Id}/roles/{barred.Id}", Answer.Json("{}"));
            await answer.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.OwnerLockedOut);
        }
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));

        await admin.GrantAsync(founder, harmless.Id);
        using (var edit = await admin.SendAsync(HttpMethod.Put, $"api/rbac/roles/{harmless.Id}", Answer.Json("""{"denied_permissions":["admin.full"]}""")))
            await edit.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.OwnerLockedOut);
        Assert.True(await founder.MayAsync(founder, Permissions.RolesManage));
        Assert.False(await founder.MayAsync(founder, Permissions.DocumentsDelete));
    }

    [Theory, EveryShape]
    public async Task Of_two_admins_who_take_the_role_from_each_other_at_once_one_stays(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admins = await founder.MakeRoleAsync("role-admin", ["roles.*", "users.*"]);
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await founder.AddMemberAsync("viewer"), await founder.AddMemberAsync("viewer"));
            await founder.GrantAsync(one, admins.Id);
            await founder.GrantAsync(other, admins.Id);

            var answers = await Task.WhenAll(
                one.SendAsync(HttpMethod.Delete, $"api/rbac/users/{other.Id}/roles/{admins.Id}"),
                other.SendAsync(HttpMethod.Delete, $"api/rbac/users/{one.Id}/roles/{admins.Id}"));

            // Who comes second no longer holds what it takes: they lost the race, or were refused at the door.
            Assert.Equal(200, answers.Min(answer => (int)answer.StatusCode));
            Assert.Contains((int)answers.Max(answer => answer.StatusCode), new[] { 403, 409 });
            Assert.Single(await Task.WhenAll(founder.MayAsync(one, Permissions.RolesManage), founder.MayAsync(other, Permissions.RolesManage)), may => may);
        }
    }

    [Theory, EveryShape]
    public async Task Many_grants_at_once_are_all_made(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("viewer");
        var roles = new List<RoleView>();
        for (var i = 0; i < 8; i++)
            roles.Add(await founder.MakeRoleAsync($"role-{i}", ["documents.read"]));

        await Task.WhenAll(roles.Select(role => founder.GrantAsync(member, role.Id)));

        Assert.Equal(9, (await founder.Client.Access.ListUserRolesAsync(member.Id, stop: Stop)).Meta.Total);
        Assert.Equal(8, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RoleGranted)).Count);
    }

    [Theory, EveryShape]
    public async Task Who_leaves_and_comes_back_comes_with_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("viewer");
        var research = await founder.MakeDepartmentAsync("Research", defaultRole: await founder.RoleIdAsync("member"));
        await founder.GrantAsync(member, (await founder.MakeRoleAsync("moderator", ["chat.*"])).Id);
        await founder.Client.Access.Departments.AddMemberAsync(research.Id, member.Id, Stop);

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);
        await founder.Client.Organizations.AddMemberAsync(founder.OrganizationId, member.Id, "viewer", Stop);

        Assert.Equal(["viewer"], (await founder.Client.Access.ListUserRolesAsync(member.Id, stop: Stop)).Items.Select(held => held.Role));
    }
}
