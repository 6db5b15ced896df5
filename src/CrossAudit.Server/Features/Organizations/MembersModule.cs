using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>The members of an organization.</summary>
internal static class MembersModule
{
    public static void MapMembers(this RouteGroupBuilder own)
    {
        own.MapPost("/transfer-ownership", TransferOwnership).RequireSignIn().RequireRecentSignIn()
            .Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        own.MapPut("/members/{userId:guid}/role", ChangeMemberRole).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        own.MapGet("/members", ListMembers).RequirePermission(Permissions.UsersRead);
        own.MapPost("/members/{userId:guid}", AddMember).RequirePermission(Permissions.UsersManage)
            .Refuses(400, ErrorCodes.EmailDomainNotAllowed).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists, ErrorCodes.Conflict);
        own.MapDelete("/members/{userId:guid}", RemoveMember).RequireSignIn()
            .Refuses(403, ErrorCodes.PermissionDenied, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.Conflict);
    }

    /// <summary>Gives a member another role.</summary>
    /// <param name="new_role">The role, if it is not in the body: <c>owner</c>, <c>admin</c>, <c>manager</c>, <c>member</c>, <c>viewer</c> or <c>auditor</c>.</param>
    internal static async Task<Results<Ok<Envelope<MemberView>>, ProblemHttpResult>> ChangeMemberRole(
        Guid orgId, Guid userId, ChangeRoleRequest? request, MemberRoles roles, CancellationToken stop, string? new_role = null) =>
        (request?.Role ?? new_role) is { } role && DefaultRoles.Exists(role)
            ? Answer(await roles.ChangeAsync(userId, role, stop), userId)
            : Problems.InvalidField("role", "It is one of owner, admin, manager, member, viewer and auditor.");

    /// <summary>Hands the organization over to another member; the caller becomes an admin.</summary>
    /// <remarks>It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<MemberView>>, ProblemHttpResult>> TransferOwnership(Guid orgId, TransferOwnershipRequest request, MemberRoles roles, CancellationToken stop) =>
        Answer(await roles.TransferAsync(request.UserId!.Value, stop), request.UserId.Value);

    /// <summary>Lists the members.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<MemberView>>>> ListMembers(
        Guid orgId, HttpContext http, Members members, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await members.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Makes an existing account a member.</summary>
    /// <param name="role">The role they will have: <c>admin</c>, <c>manager</c>, <c>member</c>, <c>viewer</c> or <c>auditor</c>.</param>
    internal static async Task<Results<Ok<Envelope<MemberView>>, ProblemHttpResult>> AddMember(
        Guid orgId, Guid userId, Members members, CancellationToken stop, string role = DefaultRoles.Member) =>
        DefaultRoles.CanBeGiven(role) ? Answer(await members.AddAsync(userId, role, stop), userId) : Problems.InvalidField("role", "It is one of admin, manager, member, viewer and auditor.");

    /// <summary>Removes a member; anybody may leave by themselves.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RemoveMember(Guid orgId, Guid userId, Members members, CancellationToken stop)
    {
        var answer = Answer(await members.RemoveAsync(userId, stop), userId);
        return answer.Result is ProblemHttpResult problem ? problem : TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The member was removed." }));
    }

    /// <summary>What a change of membership is answered with.</summary>
    public static Results<Ok<Envelope<MemberView>>, ProblemHttpResult> Answer(MembershipOutcome outcome, Guid userId) => outcome switch
    {
        MembershipOutcome.Done(var member) => TypedResults.Ok(Envelope.Of(member)),
        MembershipOutcome.Exists => Problems.Conflict(ErrorCodes.MemberExists, "This person is a member already."),
        MembershipOutcome.RoleAboveOwn => Problems.Forbidden(ErrorCodes.RoleAboveOwn, "Nobody can give, or take from others, what they do not hold themselves."),
        MembershipOutcome.DomainNotAllowed => Problems.Invalid(ErrorCodes.EmailDomainNotAllowed, "The organization admits e-mail addresses of certain domains only, and this is not one of them."),
        MembershipOutcome.LastOwner => Problems.Conflict(ErrorCodes.LastOwner, "The last owner can neither leave nor be removed."),
        MembershipOutcome.OwnerLockedOut => Problems.Conflict(ErrorCodes.OwnerLockedOut, "A role would deny an owner what it takes to put things right again."),
        MembershipOutcome.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "Removing others needs the permission users.manage."),
        MembershipOutcome.Lost => Problems.Conflict(ErrorCodes.Conflict, "The members changed at the same moment. Look again and retry."),
        _ => Problems.NotFound("user", userId),
    };
}
