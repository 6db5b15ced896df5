using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access.Roles;

/// <summary>Permissions: the shipped ones and the organization's own.</summary>
internal static class PermissionsModule
{
    public static void MapPermissions(this RouteGroupBuilder access)
    {
        access.MapGet("/permissions", ListPermissions).RequirePermission(Permissions.RolesRead);
        access.MapPost("/permissions", CreatePermission).RequirePermission(Permissions.RolesManage).Refuses(409, ErrorCodes.PermissionExists, ErrorCodes.Conflict);
        access.MapDelete("/permissions/{id:guid}", DeletePermission).RequirePermission(Permissions.RolesManage).Refuses(409, ErrorCodes.PermissionInUse, ErrorCodes.Conflict);
    }

    /// <summary>Lists the permissions: the shipped ones, then the organization's own by name.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<PermissionView>>>> ListPermissions(
        HttpContext http, PermissionCatalogue permissions, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await permissions.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Adds a permission for what the organization governs elsewhere.</summary>
    /// <remarks>Roles can hold it, wildcards cover it, and <c>/check</c> answers for it; no route of CrossAudit asks for it.</remarks>
    internal static async Task<Results<Created<Envelope<PermissionView>>, ProblemHttpResult>> CreatePermission(CreatePermissionRequest request, PermissionCatalogue permissions, CancellationToken stop) =>
        await permissions.CreateAsync(request, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, Guid.Empty),
            { Value: var permission } => TypedResults.Created($"/api/rbac/permissions/{permission.Id}", Envelope.Of(permission)),
        };

    /// <summary>Removes one of the organization's own permissions that no role holds.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> DeletePermission(Guid id, PermissionCatalogue permissions, CancellationToken stop) =>
        await permissions.DeleteAsync(id, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, id),
            { Value: var done } => TypedResults.Ok(Envelope.Of(done)),
        };
}
