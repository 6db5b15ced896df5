using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access.Grants;

/// <summary>Roles of members.</summary>
internal static class GrantsModule
{
    public static void MapGrants(this RouteGroupBuilder access)
    {
        access.MapPost("/users/{userId:guid}/roles/{roleId:guid}", GrantRole).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.DepartmentUnknown, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        access.MapDelete("/users/{userId:guid}/roles/{roleId:guid}", RevokeRole).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
    }

    /// <summary>Grants a role to a member, for the whole organization or for a department and those below it; again, to change when it ends.</summary>
    /// <remarks>Nobody grants what they do not hold themselves where it would count.</remarks>
    internal static async Task<Results<Ok<Envelope<RoleHoldingView>>, ProblemHttpResult>> GrantRole(
        Guid userId, Guid roleId, GrantRoleRequest? request, Actor actor, RoleGrants grants, TimeProvider clock, CancellationToken stop)
    {
        var grant = request ?? new GrantRoleRequest();
        if (grant.OrganizationId is { } organization && organization != actor.OrganizationId)
            return Problems.NotFound("organization", organization);
        if (grant.ExpiresAt <= clock.GetUtcNow())
            return Problems.InvalidField("expires_at", "It lies in the future.");
        return await grants.GrantAsync(userId, roleId, grant, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, why == AccessRefusal.UserMissing ? userId : roleId),
            { Value: var held } => TypedResults.Ok(Envelope.Of(held)),
        };
    }

    /// <summary>Takes back a role that was granted to a member.</summary>
    /// <param name="department_id">Only where it was granted for this department; all grants of the role where left out.</param>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RevokeRole(
        Guid userId, Guid roleId, RoleGrants grants, CancellationToken stop, Guid? department_id = null) =>
        await grants.RevokeAsync(userId, roleId, department_id, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, why == AccessRefusal.HoldingMissing ? userId : roleId),
            { Value: var done } => TypedResults.Ok(Envelope.Of(done)),
        };
}
