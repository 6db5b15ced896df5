using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Organizations;

using OrganizationList = Ok<Envelope<IReadOnlyList<OrganizationView>>>;

/// <summary>Organizations, their members and invitations.</summary>
internal static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) =>
        services.AddSingleton(OrganizationsDescription.Area)
            .AddScoped<OrganizationService>().AddScoped<SettingsService>().AddScoped<OrganizationDeletion>()
            .AddScoped<Members>().AddScoped<MemberRoles>().AddScoped<Invitations>()
            .AddWork<Organization, OrganizationPurge>();

    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapGroup("/api/organizations").WithTags("Organizations");

        organizations.MapGet("/", ListMine).RequireSignIn().AllowRestricted();
        organizations.MapPost("/", Found).WithName("organizations_create").RequireSignIn().AllowRestricted();
        organizations.MapGet("/{orgId:guid}", Get).RequireSignIn();
        organizations.MapPost("/{orgId:guid}/restore", RestoreOrganization).RequireSignIn().AllowRestricted();
        organizations.MapPost("/invitations/accept", AcceptInvitation).RequireSignIn().AllowRestricted().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvitationInvalid);
        organizations.MapPost("/invitations/lookup", LookUpInvitation).AllowAnonymous().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvitationInvalid);

        var own = organizations.MapGroup("/{orgId:guid}").AddEndpointFilter(OnlyTheTokensOrganization);
        own.MapPut("/", DescribeOrganization).RequirePermission(Permissions.SettingsManage).Refuses(412, ErrorCodes.PreconditionFailed);
        own.MapDelete("/", DeleteOrganization).RequireSignIn().RequireRecentSignIn().Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.OwnerRequired);
        own.MapGet("/settings", GetSettings).RequirePermission(Permissions.SettingsRead);
        own.MapPut("/settings", UpdateSettings).RequirePermission(Permissions.SettingsManage).Refuses(409, ErrorCodes.RuleShutsOutSetter).Refuses(412, ErrorCodes.PreconditionFailed);
        own.MapPost("/transfer-ownership", TransferOwnership).RequireSignIn().RequireRecentSignIn()
            .Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.Conflict);
        own.MapPut("/members/{userId:guid}/role", ChangeMemberRole).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.Conflict);
        own.MapGet("/members", ListMembers).RequirePermission(Permissions.UsersRead);
        own.MapPost("/members/{userId:guid}", AddMember).RequirePermission(Permissions.UsersManage)
            .Refuses(400, ErrorCodes.EmailDomainNotAllowed).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists);
        own.MapDelete("/members/{userId:guid}", RemoveMember).RequireSignIn()
            .Refuses(403, ErrorCodes.PermissionDenied, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.Conflict);
        own.MapGet("/invitations", ListInvitations).RequirePermission(Permissions.UsersManage);
        own.MapPost("/invitations", Invite).RequirePermission(Permissions.UsersManage)
            .Refuses(400, ErrorCodes.EmailDomainNotAllowed).Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists);
        own.MapPost("/invitations/{id:guid}/resend", ResendInvitation).RequirePermission(Permissions.UsersManage);
        own.MapDelete("/invitations/{id:guid}", RevokeInvitation).RequirePermission(Permissions.UsersManage);

        routes.MapPost("/api/auth/organizations", Found).WithName("auth_create_organization").WithTags("Authentication").RequireSignIn();
    }

    /// <summary>Lists the organizations one belongs to.</summary>
    internal static async Task<OrganizationList> ListMine(
        HttpContext http, OrganizationService organizations, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await organizations.ListMineAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Founds an organization, of which the caller is the owner.</summary>
    internal static async Task<Created<Envelope<OrganizationView>>> Found(CreateOrganizationRequest request, OrganizationService organizations, CancellationToken stop)
    {
        var organization = await organizations.FoundAsync(request, stop);
        return TypedResults.Created($"/api/organizations/{organization.Id}", Envelope.Of(organization));
    }

    /// <summary>Reads one of one's own organizations.</summary>
    internal static async Task<Results<EntityResult<OrganizationView>, ProblemHttpResult>> Get(Guid orgId, OrganizationService organizations, CancellationToken stop) =>
        await organizations.FindMineAsync(orgId, stop) is { } organization ? organization.Answer() : Problems.NotFound("organization", orgId);

    /// <summary>Changes what an organization says of itself.</summary>
    internal static async Task<Results<EntityResult<OrganizationView>, ProblemHttpResult>> DescribeOrganization(
        Guid orgId, UpdateOrganizationRequest request, IfMatch ifMatch, SettingsService settings, CancellationToken stop) => Answer(await settings.DescribeAsync(request, ifMatch, stop));

    /// <summary>Deletes an organization.</summary>
    /// <remarks>Nobody can act in it from now on. For 30 days an owner can restore it; then all it holds is destroyed, but for its audit trail. It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<OrganizationView>>, ProblemHttpResult>> DeleteOrganization(Guid orgId, OrganizationDeletion deletion, CancellationToken stop) =>
        await deletion.DeleteAsync(stop) is { } organization
            ? TypedResults.Ok(Envelope.Of(organization))
            : Problems.Forbidden(ErrorCodes.OwnerRequired, "Only an owner can delete an organization.");

    /// <summary>Takes a deleted organization back.</summary>
    internal static async Task<Results<Ok<Envelope<OrganizationView>>, ProblemHttpResult>> RestoreOrganization(Guid orgId, OrganizationDeletion deletion, CancellationToken stop) =>
        await deletion.RestoreAsync(orgId, stop) is { } organization ? TypedResults.Ok(Envelope.Of(organization)) : Problems.NotFound("deleted organization", orgId);

    /// <summary>Reads the rules that hold in an organization.</summary>
    internal static async Task<EntityResult<OrganizationSettings>> GetSettings(Guid orgId, SettingsService settings, CancellationToken stop) => (await settings.ReadAsync(stop)).Answer();

    /// <summary>Changes the rules that hold in an organization, at once and for everybody.</summary>
    internal static async Task<Results<EntityResult<OrganizationSettings>, ProblemHttpResult>> UpdateSettings(
        Guid orgId, UpdateSettingsRequest request, IfMatch ifMatch, SettingsService settings, CancellationToken stop) =>
        request.SessionHours is { IsSet: true, Value: < 1 or > 8760 } ? Problems.InvalidField("session_hours", "It takes 1 to 8760, or null.") : Answer(await settings.UpdateAsync(request, ifMatch, stop));

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

    /// <summary>Invites someone by e-mail.</summary>
    internal static async Task<Results<Created<Envelope<InvitationView>>, ProblemHttpResult>> Invite(
        Guid orgId, CreateInvitationRequest request, Invitations invitations, CancellationToken stop)
    {
        var (invitation, refused) = await invitations.InviteAsync(request, stop);
        return invitation is not null
            ? TypedResults.Created($"/api/organizations/{orgId}/invitations/{invitation.Id}", Envelope.Of(invitation))
            : (ProblemHttpResult)Answer(refused!, orgId).Result;
    }

    /// <summary>Lists the invitations, newest first.</summary>
    /// <param name="status">Only those that are <c>pending</c>, <c>accepted</c>, <c>revoked</c> or <c>expired</c>.</param>
    internal static async Task<Ok<Envelope<IReadOnlyList<InvitationView>>>> ListInvitations(
        Guid orgId, HttpContext http, Invitations invitations, CancellationToken stop, [AllowedValues(null, "pending", "accepted", "revoked", "expired")] string? status = null, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await invitations.ListAsync(status, page, stop)).Answer(http, page);
    }

    /// <summary>Mails an open invitation once more, with another token.</summary>
    internal static async Task<Results<Ok<Envelope<InvitationView>>, ProblemHttpResult>> ResendInvitation(Guid orgId, Guid id, Invitations invitations, CancellationToken stop) =>
        await invitations.ResendAsync(id, stop) is { } invitation ? TypedResults.Ok(Envelope.Of(invitation)) : Problems.NotFound("open invitation", id);

    /// <summary>Tells what an invitation is to.</summary>
    internal static async Task<Results<Ok<Envelope<InvitationPreview>>, ProblemHttpResult>> LookUpInvitation(InvitationTokenRequest request, Invitations invitations, CancellationToken stop) =>
        await invitations.PreviewAsync(request.Token, stop) is { } preview
            ? TypedResults.Ok(Envelope.Of(preview))
            : Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address.");

    /// <summary>Withdraws an invitation.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RevokeInvitation(Guid orgId, Guid id, Invitations invitations, CancellationToken stop) =>
        await invitations.RevokeAsync(id, stop) ? TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The invitation was withdrawn." })) : Problems.NotFound("open invitation", id);

    /// <summary>Accepts an invitation as the signed-in account.</summary>
    internal static async Task<Results<Ok<Envelope<OrganizationView>>, ProblemHttpResult>> AcceptInvitation(AcceptInvitationRequest request, Invitations invitations, CancellationToken stop) =>
        await invitations.AcceptAsync(request.Token, stop) is { } organization
            ? TypedResults.Ok(Envelope.Of(organization))
            : Problems.Invalid(ErrorCodes.InvitationInvalid, "The invitation is unknown, expired, used, or meant for another address.");

    private static Results<Ok<Envelope<MemberView>>, ProblemHttpResult> Answer(MembershipOutcome outcome, Guid userId) => outcome switch
    {
        MembershipOutcome.Done(var member) => TypedResults.Ok(Envelope.Of(member)),
        MembershipOutcome.Exists => Problems.Conflict(ErrorCodes.MemberExists, "This person is a member already."),
        MembershipOutcome.RoleAboveOwn => Problems.Forbidden(ErrorCodes.RoleAboveOwn, "Nobody can give, or take from others, what they do not hold themselves."),
        MembershipOutcome.DomainNotAllowed => Problems.Invalid(ErrorCodes.EmailDomainNotAllowed, "The organization admits e-mail addresses of certain domains only, and this is not one of them."),
        MembershipOutcome.LastOwner => Problems.Conflict(ErrorCodes.LastOwner, "The last owner can neither leave nor be removed."),
        MembershipOutcome.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "Removing others needs the permission users.manage."),
        MembershipOutcome.Lost => Problems.Conflict(ErrorCodes.Conflict, "The members changed at the same moment. Look again and retry."),
        _ => Problems.NotFound("user", userId),
    };

    private static Results<EntityResult<T>, ProblemHttpResult> Answer<T>(SettingsOutcome<T> outcome) => outcome switch
    {
        SettingsOutcome<T>.Saved(var value) => value.Answer(),
        SettingsOutcome<T>.ShutsOutSetter(ErrorCodes.MfaRequiredByOrganization) =>
            Problems.Conflict(ErrorCodes.RuleShutsOutSetter, "You have not used a second factor in this session, and would shut yourself out. Switch it on first."),
        SettingsOutcome<T>.ShutsOutSetter => Problems.Conflict(ErrorCodes.RuleShutsOutSetter, "Your own e-mail address is not confirmed, or of another domain: you would shut yourself out."),
        _ => Problems.Stale("organization"),
    };

    // Which organizations there are is nobody else's business: another one's id is as good as none.
    private static ValueTask<object?> OnlyTheTokensOrganization(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var asked = call.HttpContext.Request.RouteValues["orgId"] as string;
        return Guid.TryParse(asked, out var id) && id == call.HttpContext.RequestServices.GetRequiredService<Actor>().OrganizationId
            ? next(call)
            : ValueTask.FromResult<object?>(Problems.NotFound("organization", asked ?? ""));
    }
}
