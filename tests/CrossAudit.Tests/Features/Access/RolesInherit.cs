using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Chat;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Roles: what they say, what they inherit, and what nobody can do to them.</summary>
public sealed class RolesInherit(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task An_organization_begins_with_five_read_only_roles_that_inherit(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        var roles = (await founder.Client.Access.ListRolesAsync(stop: Stop)).Items;

        Assert.Equal(["viewer", "member", "manager", "admin", "auditor"], roles.Select(role => role.Name));
        Assert.All(roles, role => Assert.True(role.IsSystemRole && role.OrganizationId == founder.OrganizationId));
        Assert.Equal(["member"], roles.Where(role => role.IsDefault).Select(role => role.Name));
        var byId = roles.ToDictionary(role => role.Id, role => role.Name);
        Assert.Equal([null, "viewer", "member", "manager", null], roles.Select(role => role.ParentRoleId is { } parent ? byId[parent] : null));
        Assert.Equal([SensitivityLevel.Internal, SensitivityLevel.Confidential, SensitivityLevel.Restricted, SensitivityLevel.Restricted, SensitivityLevel.Public], roles.Select(role => role.MaxSensitivity));
        foreach (var (method, body) in new[] { (HttpMethod.Put, """{"display_name":"Mine"}"""), (HttpMethod.Delete, null) })
        {
            using var answer = await founder.SendAsync(method, $"api/rbac/roles/{roles[0].Id}", body is null ? null : Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.RoleReadOnly);
        }
    }

    [Theory, EveryShape]
    public async Task A_role_has_all_that_its_ancestors_have_and_a_denial_beats_every_allow(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("auditor");
        var reader = await founder.MakeRoleAsync("reader", ["documents.read"]);
        var writer = await founder.MakeRoleAsync("writer", ["documents.write"], parent: reader.Id);
        var editor = await founder.MakeRoleAsync("editor", ["chat.*"], parent: writer.Id);
        var silenced = await founder.MakeRoleAsync("silenced", [], denied: ["chat.write"]);
        using (var before = await member.SendAsync(HttpMethod.Get, "api/documents"))
            await before.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);

        await founder.GrantAsync(member, editor.Id);

        Assert.True(await founder.MayAsync(member, Permissions.DocumentsRead) && await founder.MayAsync(member, Permissions.DocumentsWrite) && await founder.MayAsync(member, Permissions.ChatModerate));
        Assert.Equal("Mine", (await member.MakeDocumentAsync("Mine")).Title);
        await member.OpenThreadAsync();

        await founder.GrantAsync(member, silenced.Id);

        Assert.False(await founder.MayAsync(member, Permissions.ChatWrite));
        Assert.True(await founder.MayAsync(member, Permissions.ChatRead));
        using var refused = await member.SendAsync(HttpMethod.Post, "api/chat/threads", Answer.Json("""{"name":"Hush"}"""));
        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        var denial = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied), e => e.Metadata!["permission"]!.GetValue<string>() == Permissions.ChatWrite);
        Assert.Equal("The role silenced, granted for the whole organization, denies chat.write.", Assert.Single(denial.Metadata!["because"]!.AsArray())!.GetValue<string>());
    }

    [Theory, EveryShape]
    public async Task A_change_of_a_role_holds_at_once_and_is_recorded_with_before_and_after(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("auditor");
        var role = (await founder.Client.Access.CreateRoleAsync(new CreateRoleRequest { Name = "reader", Permissions = ["documents.read"] }, Stop)).Value;
        await founder.GrantAsync(member, role.Id);
        Assert.Equal(0, (await member.SeesAsync()).Total);

        await founder.Client.Access.UpdateRoleAsync(role.Id, new UpdateRoleRequest { Permissions = ["chat.read"] }, stop: Stop);

        using var refused = await member.SendAsync(HttpMethod.Get, "api/documents");
        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        var changed = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RoleUpdated));
        Assert.Equal("""{"from":["documents.read"],"to":["chat.read"]}""", changed.Changes!["permissions"]!.ToJsonString());

        await founder.Client.Access.UpdateRoleAsync(role.Id, new UpdateRoleRequest { Permissions = ["documents.read"], IsActive = false }, stop: Stop);
        Assert.False(await founder.MayAsync(member, Permissions.DocumentsRead));
        await founder.Client.Access.UpdateRoleAsync(role.Id, new UpdateRoleRequest { IsActive = true }, stop: Stop);
        Assert.True(await founder.MayAsync(member, Permissions.DocumentsRead));
    }

    [Theory, EveryShape]
    public async Task A_stale_change_a_taken_name_a_cycle_and_what_is_not_there_are_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var (child, foreign) = (await founder.MakeRoleAsync("child", []), await other.MakeRoleAsync("foreign", []));
        var parent = await founder.MakeRoleAsync("parent", [], parent: null);
        await founder.Client.Access.UpdateRoleAsync(child.Id, new UpdateRoleRequest { ParentRoleId = parent.Id }, stop: Stop);
        var (path, before) = ($"api/rbac/roles/{parent.Id}", await Stored.OfAsync(server, founder.OrganizationId));

        foreach (var (body, status, code) in new[]
        {
            ($$"""{"parent_role_id":"{{child.Id}}"}""", HttpStatusCode.Conflict, ErrorCodes.RoleCycle),
            ($$"""{"parent_role_id":"{{parent.Id}}"}""", HttpStatusCode.Conflict, ErrorCodes.RoleCycle),
            ($$"""{"parent_role_id":"{{foreign.Id}}"}""", HttpStatusCode.Conflict, ErrorCodes.RoleUnknown),
            ("""{"name":"child"}""", HttpStatusCode.Conflict, ErrorCodes.RoleNameTaken),
            ("""{"name":"admin"}""", HttpStatusCode.Conflict, ErrorCodes.RoleNameTaken),
            ("""{"name":"Not a name"}""", HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid),
            ("""{"permissions":["documents.fly"]}""", HttpStatusCode.BadRequest, ErrorCodes.PermissionUnknown),
            ("""{"denied_permissions":["*"]}""", HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid),
            ("""{"max_sensitivity":"secret"}""", HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid),
        })
        {
            using var answer = await founder.SendAsync(HttpMethod.Put, path, Answer.Json(body));
            await answer.IsProblemAsync(status, code);
        }
        using (var stale = await founder.SendAsync(HttpMethod.Put, path, Answer.Json("""{"display_name":"Later"}"""), ("If-Match", "\"41\"")))
            await stale.IsProblemAsync(HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed);
        using (var used = await founder.SendAsync(HttpMethod.Delete, path))
            await used.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.RoleInUse);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task A_role_goes_only_when_nobody_has_it_nothing_inherits_it_and_no_department_gives_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("viewer");
        var role = await founder.MakeRoleAsync("reader", ["documents.read"]);
        var department = await founder.MakeDepartmentAsync("Research", defaultRole: role.Id);
        await founder.GrantAsync(member, role.Id);
        async Task IsUsedAsync()
        {
            using var refused = await founder.SendAsync(HttpMethod.Delete, $"api/rbac/roles/{role.Id}");
            await refused.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.RoleInUse);
        }

        await IsUsedAsync();
        await founder.Client.Access.Departments.UpdateAsync(department.Id, new UpdateDepartmentRequest { DefaultRoleId = null }, stop: Stop);
        await IsUsedAsync();
        await founder.Client.Access.RevokeAsync(member.Id, role.Id, stop: Stop);
        await founder.Client.Access.DeleteRoleAsync(role.Id, stop: Stop);

        using var gone = await founder.SendAsync(HttpMethod.Get, $"api/rbac/roles/{role.Id}");
        await gone.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RoleDeleted));
    }

    [Theory, EveryShape]
    public async Task Permissions_go_into_a_role_and_out_of_it_one_by_one_also_those_of_the_organization(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("auditor");
        var role = await founder.MakeRoleAsync("approver", []);
        await founder.GrantAsync(member, role.Id);
        var own = await founder.Client.Access.CreatePermissionAsync(new CreatePermissionRequest { Name = "models.approve", Description = "Approve a model." }, Stop);
        var all = (await founder.Client.Access.ListPermissionsAsync(1000, stop: Stop)).Items;
        Assert.Equal([.. Permissions.All, "models.approve"], all.Select(permission => permission.Name));
        var shipped = all.Single(permission => permission.Name == Permissions.DocumentsRead);

        await founder.Client.Access.AddPermissionAsync(role.Id, own.Id, Stop);
        var both = await founder.Client.Access.AddPermissionAsync(role.Id, shipped.Id, Stop);

        Assert.Equal(["documents.read", "models.approve"], both.Permissions);
        Assert.True(await founder.MayAsync(member, "models.approve") && await founder.MayAsync(member, Permissions.DocumentsRead));
        using (var inUse = await founder.SendAsync(HttpMethod.Delete, $"api/rbac/permissions/{own.Id}"))
            await inUse.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.PermissionInUse);
        using (var again = await founder.SendAsync(HttpMethod.Post, "api/rbac/permissions", Answer.Json("""{"name":"models.approve"}""")))
            await again.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.PermissionExists);
        using (var wild = await founder.SendAsync(HttpMethod.Post, "api/rbac/permissions", Answer.Json("""{"name":"models.*"}""")))
            await wild.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);

        await founder.Client.Access.RemovePermissionAsync(role.Id, own.Id, Stop);
        Assert.False(await founder.MayAsync(member, "models.approve"));
        await founder.Client.Access.DeletePermissionAsync(own.Id, Stop);
        using var unknown = await founder.SendAsync(HttpMethod.Post, "api/rbac/check", Answer.Json("""{"permission":"models.approve"}"""));
        await unknown.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.PermissionUnknown);
    }
}
