using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access.Roles;

using CreatedRole = Results<CreatedEntityResult<RoleView>, ProblemHttpResult>;
using RoleResult = Results<EntityResult<RoleView>, ProblemHttpResult>;

/// <summary>Roles and templates.</summary>
internal static class RolesModule
{
    private static readonly string[] Conflicts = [ErrorCodes.RoleNameTaken, ErrorCodes.RoleCycle, ErrorCodes.RoleUnknown, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict];

    public static void MapRoles(this RouteGroupBuilder access)
    {
        access.MapGet("/roles", ListRoles).RequirePermission(Permissions.RolesRead);
        access.MapPost("/roles", CreateRole).RequirePermission(Permissions.RolesManage)
            .Refuses(400, ErrorCodes.PermissionUnknown).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.RoleNameTaken, ErrorCodes.RoleUnknown, ErrorCodes.Conflict);
        access.MapGet("/roles/{id:guid}", GetRole).RequirePermission(Permissions.RolesRead);
        access.MapPut("/roles/{id:guid}", UpdateRole).RequirePermission(Permissions.RolesManage)
            .Refuses(400, ErrorCodes.PermissionUnknown).Refuses(403, ErrorCodes.RoleReadOnly, ErrorCodes.RoleAboveOwn).Refuses(409, Conflicts);
        access.MapDelete("/roles/{id:guid}", DeleteRole).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleReadOnly, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.RoleInUse, ErrorCodes.Conflict);
        access.MapPost("/roles/{roleId:guid}/permissions/{permissionId:guid}", AddPermission).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleReadOnly, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        access.MapDelete("/roles/{roleId:guid}/permissions/{permissionId:guid}", RemovePermission).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleReadOnly, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        access.MapGet("/templates", ListTemplates).RequirePermission(Permissions.RolesRead);
        access.MapPost("/roles/from-template", CopyTemplate).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.RoleNameTaken, ErrorCodes.Conflict);
        access.MapPost("/roles/{id:guid}/upgrade", UpgradeRole).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.RoleUpToDate, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
    }

    /// <summary>Lists the roles: those that every organization has, then its own by name.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<RoleView>>>> ListRoles(
        HttpContext http, RoleCatalogue roles, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await roles.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Makes a role.</summary>
    /// <remarks>Nobody can put into it, by itself or by its parent, what they do not hold themselves.</remarks>
    internal static async Task<CreatedRole> CreateRole(CreateRoleRequest request, RoleEditor roles, CancellationToken stop) => Created(await roles.CreateAsync(request, stop));

    /// <summary>Reads a role.</summary>
    internal static async Task<RoleResult> GetRole(Guid id, RoleCatalogue roles, CancellationToken stop) =>
        await roles.FindAsync(id, stop) is { } role ? role.Answer() : Problems.NotFound("role", id);

    /// <summary>Changes a role: absent fields are left alone. It holds at once, for all who have it.</summary>
    internal static async Task<RoleResult> UpdateRole(Guid id, UpdateRoleRequest request, IfMatch ifMatch, RoleEditor roles, CancellationToken stop) =>
        Answer(await roles.UpdateAsync(id, request, ifMatch, stop), id);

    /// <summary>Removes a role that nobody has and nothing inherits from.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> DeleteRole(Guid id, IfMatch ifMatch, RoleEditor roles, CancellationToken stop) =>
        await roles.DeleteAsync(id, ifMatch, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, id),
            { Value: var done } => TypedResults.Ok(Envelope.Of(done)),
        };

    /// <summary>Puts a permission into a role.</summary>
    internal static Task<RoleResult> AddPermission(Guid roleId, Guid permissionId, RoleEditor roles, PermissionCatalogue permissions, CancellationToken stop) =>
        SetPermissionAsync(roleId, permissionId, true, roles, permissions, stop);

    /// <summary>Takes a permission out of a role.</summary>
    internal static Task<RoleResult> RemovePermission(Guid roleId, Guid permissionId, RoleEditor roles, PermissionCatalogue permissions, CancellationToken stop) =>
        SetPermissionAsync(roleId, permissionId, false, roles, permissions, stop);

    /// <summary>Lists the roles that can be copied, each in its newest issue.</summary>
    internal static Ok<Envelope<IReadOnlyList<RoleTemplateView>>> ListTemplates(
        HttpContext http, RoleTemplates templates, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0) =>
        new Page<RoleTemplateView>([.. templates.Newest.Skip(offset).Take(limit)], templates.Newest.Count).Answer(http, new PageRequest(limit, offset));

    /// <summary>Makes a role as a copy of a template. It is the organization's own from then on.</summary>
    internal static async Task<CreatedRole> CopyTemplate(CopyTemplateRequest request, TemplateCopies templates, CancellationToken stop) =>
        await templates.CopyAsync(request, stop) is { } outcome ? Created(outcome) : Problems.InvalidField("template", "There is no template of this name.");

    /// <summary>Brings a copy to the newest issue of its template: what the organization added stays, what it removed stays out.</summary>
    internal static async Task<RoleResult> UpgradeRole(Guid id, IfMatch ifMatch, TemplateCopies templates, CancellationToken stop) => Answer(await templates.UpgradeAsync(id, ifMatch, stop), id);

    private static async Task<RoleResult> SetPermissionAsync(Guid roleId, Guid permissionId, bool isAllowed, RoleEditor roles, PermissionCatalogue permissions, CancellationToken stop) =>
        await permissions.NameOfAsync(permissionId, stop) is { } name
            ? Answer(await roles.SetPermissionAsync(roleId, name, isAllowed, stop), roleId)
            : AccessProblems.Of(AccessRefusal.PermissionMissing, permissionId);

    private static CreatedRole Created(AccessOutcome<Revised<RoleView>> outcome) => outcome switch
    {
        { Refusal: { } why } => AccessProblems.Of(why, Guid.Empty),
        { Value: var role } => role.CreatedAt($"/api/rbac/roles/{role.View.Id}"),
    };

    private static RoleResult Answer(AccessOutcome<Revised<RoleView>> outcome, Guid id) => outcome switch
    {
        { Refusal: { } why } => AccessProblems.Of(why, id),
        { Value: var role } => role.Answer(),
    };
}
