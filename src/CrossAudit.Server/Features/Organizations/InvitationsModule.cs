using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>Invitations to an organization.</summary>
internal static class InvitationsModule
{
    /// <param name="organizations">For those who are invited.</param>
    /// <param name="own">For those who invite.</param>
    public static void MapInvitations(this RouteGroupBuilder organizations, RouteGroupBuilder own)
    {
        organizations.MapPost("/invitations/lookup", LookUpInvitation).AllowAnonymous().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvitationInvalid);
        organizations.MapPost("/invitations/accept", AcceptInvitation).RequireSignIn().AllowRestricted().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvitationInvalid);
        own.MapGet("/invitations", ListInvitations).RequirePermission(Permissions.UsersManage);
        own.MapPost("/invitations", Invite).RequirePermission(Permissions.UsersManage)
            .Refuses(400, ErrorCodes.EmailDomainNotAllowed).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists);
        own.MapGet("/invitations/{id:guid}", GetInvitation).RequirePermission(Permissions.UsersManage);
        own.MapPost("/invitations/{id:guid}/resend", ResendInvitation).RequirePermission(Permissions.UsersManage);
        own.MapDelete("/invitations/{id:guid}", RevokeInvitation).RequirePermission(Permissions.UsersManage);
    }

    /// <summary>Invites someone by e-mail.</summary>
    internal static async Task<Results<CreatedEntityResult<InvitationView>, ProblemHttpResult>> Invite(
        Guid orgId, CreateInvitationRequest request, Invitations invitations, CancellationToken stop)
    {
        var (invitation, refused) = await invitations.InviteAsync(request, stop);
        return invitation is { } made
            ? made.CreatedAt($"/api/organizations/{orgId}/invitations/{made.View.Id}")
            : (ProblemHttpResult)MembersModule.Answer(refused!, orgId).Result;
    }

    /// <summary>Lists the invitations, newest first.</summary>
    /// <param name="status">Only those that are <c>pending</c>, <c>accepted</c>, <c>revoked</c> or <c>expired</c>.</param>
    internal static async Task<Ok<Envelope<IReadOnlyList<InvitationView>>>> ListInvitations(
        Guid orgId, HttpContext http, Invitations invitations, CancellationToken stop, [AllowedValues(null, "pending", "accepted", "revoked", "expired")] string? status = null, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await invitations.ListAsync(status, page, stop)).Answer(http, page);
    }

    /// <summary>Reads an invitation.</summary>
    internal static async Task<Results<EntityResult<InvitationView>, ProblemHttpResult>> GetInvitation(Guid orgId, Guid id, Invitations invitations, CancellationToken stop) =>
        await invitations.FindAsync(id, stop) is { } invitation ? invitation.Answer() : Problems.NotFound("invitation", id);

    /// <summary>Mails an open invitation once more, with another token.</summary>
    internal static async Task<Results<EntityResult<InvitationView>, ProblemHttpResult>> ResendInvitation(Guid orgId, Guid id, Invitations invitations, CancellationToken stop) =>
        await invitations.ResendAsync(id, stop) is { } invitation ? invitation.Answer() : Problems.NotFound("open invitation", id);

    /// <summary>Tells what an invitation is to.</summary>
    internal static async Task<Results<Ok<Envelope<InvitationPreview>>, ProblemHttpResult>> LookUpInvitation(InvitationTokenRequest request, Invitations invitations, CancellationToken stop) =>
        await invitations.PreviewAsync(request.Token, stop) is { } preview
            ? TypedResults.Ok(Envelope.Of(preview))
            : Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address.");

    /// <summary>Withdraws an invitation.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RevokeInvitation(Guid orgId, Guid id, IfMatch ifMatch, Invitations invitations, CancellationToken stop) =>
        await invitations.RevokeAsync(id, ifMatch, stop) switch
        {
            Revocation.Done => TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The invitation was withdrawn." })),
            Revocation.Stale => Problems.Stale("invitation"),
            _ => Problems.NotFound("open invitation", id),
        };

    /// <summary>Accepts an invitation as the signed-in account.</summary>
    internal static async Task<Results<Ok<Envelope<OrganizationView>>, ProblemHttpResult>> AcceptInvitation(AcceptInvitationRequest request, Invitations invitations, CancellationToken stop) =>
        await invitations.AcceptAsync(request.Token, stop) is { } organization
            ? TypedResults.Ok(Envelope.Of(organization))
            : Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address.");
}
