using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Access.Roles;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Templates: copied, made one's own, and upgraded without losing that.</summary>
public sealed class TemplatesAreCopied(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_copy_is_the_organizations_own_role(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var templates = (await founder.Client.Access.ListTemplatesAsync(stop: Stop)).Items;
        Assert.Equal(["admin", "ai_reviewer", "auditor", "compliance_officer", "data_steward", "manager", "member", "viewer"], templates.Select(template => template.Name).Order());

        foreach (var template in templates)
        {
            var copy = (await founder.Client.Access.CopyTemplateAsync(new CopyTemplateRequest { Template = template.Name, Name = $"our-{template.Name.Replace('_', '-')}" }, Stop)).Value;
            Assert.Equal((template.Name, 1, false, template.MaxSensitivity), (copy.Template, copy.TemplateVersion, copy.IsSystemRole, copy.MaxSensitivity));
            Assert.Equal(template.Permissions.Order(), copy.Permissions.Order());
        }
        Assert.Equal("data_steward", (await founder.Client.Access.CopyTemplateAsync(new CopyTemplateRequest { Template = "data_steward" }, Stop)).Value.Name);
        using (var again = await founder.SendAsync(HttpMethod.Post, "api/rbac/roles/from-template", Answer.Json("""{"template":"data_steward"}""")))
            await again.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.RoleNameTaken);
        using var unknown = await founder.SendAsync(HttpMethod.Post, "api/rbac/roles/from-template", Answer.Json("""{"template":"emperor"}"""));
        await unknown.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
    }

    [Theory, EveryShape]
    public async Task An_upgrade_brings_what_is_new_and_keeps_what_the_organization_changed(Shape shape)
    {
        var issues = new List<RoleTemplateView> { Issue(1, ["documents.read", "documents.write", "chat.read"]) };
        await using var server = await servers.StartAsync(shape, configure: services => services.Replace(ServiceDescriptor.Scoped(_ => new RoleTemplates([.. issues]))));
        var founder = await Person.FounderAsync(server);
        var copy = (await founder.Client.Access.CopyTemplateAsync(new CopyTemplateRequest { Template = "clerk" }, Stop)).Value;
        await founder.Client.Access.UpdateRoleAsync(copy.Id, new UpdateRoleRequest { Permissions = ["documents.read", "chat.read", "users.read"] }, stop: Stop);
        using (var newest = await founder.SendAsync(HttpMethod.Post, $"api/rbac/roles/{copy.Id}/upgrade"))
            await newest.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.RoleUpToDate);

        issues.Add(Issue(2, ["documents.read", "documents.write", "metrics.read"]));
        var upgraded = (await founder.Client.Access.UpgradeRoleAsync(copy.Id, Stop)).Value;

        // documents.write was taken out and stays out, users.read was added and stays; chat.read left the template, metrics.read came.
        Assert.Equal(["documents.read", "metrics.read", "users.read"], upgraded.Permissions);
        Assert.Equal(2, upgraded.TemplateVersion);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RoleUpgraded));
    }

    private static RoleTemplateView Issue(int version, string[] permissions) => new()
    {
        Name = "clerk",
        DisplayName = "Clerk",
        Description = "Keeps records.",
        Version = version,
        MaxSensitivity = SensitivityLevel.Internal,
        Permissions = permissions,
        DeniedPermissions = [],
    };
}
