using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Organizations;

using OrganizationList = Ok<Envelope<IReadOnlyList<OrganizationView>>>;

/// <summary>Organizations, their members and invitations.</summary>
internal static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) =>
        services.AddSingleton(OrganizationsDescription.Area).AddScoped<OrganizationService>().AddScoped<Members>().AddScoped<Invitations>();

    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapGroup("/api/organizations").WithTags("Organizations");

        organizations.MapGet("/", ListMine).RequireSignIn();
        organizations.MapPost("/", Found).WithName("organizations_create").RequireSignIn();
        organizations.MapGet("/{orgId:guid}", Get).RequireSignIn();
        organizations.MapPost("/invitations/accept", AcceptInvitation).RequireSignIn().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvitationInvalid);

        var own = organizations.MapGroup("/{orgId:guid}").AddEndpointFilter(OnlyTheTokensOrganization);
        own.MapGet("/members", ListMembers).RequirePermission(Permissions.UsersRead);
        own.MapPost("/members/{userId:guid}", AddMember).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists);
        own.MapDelete("/members/{userId:guid}", RemoveMember).RequireSignIn()
            .Refuses(403, ErrorCodes.PermissionDenied, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.Conflict);
        own.MapGet("/invitations", ListInvitations).RequirePermission(Permissions.UsersManage);
        own.MapPost("/invitations", Invite).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.MemberExists);
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
    internal static async Task<Ok<Envelope<IReadOnlyList<InvitationView>>>> ListInvitations(
        Guid orgId, HttpContext http, Invitations invitations, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await invitations.ListAsync(page, stop)).Answer(http, page);
    }

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
        MembershipOutcome.LastOwner => Problems.Conflict(ErrorCodes.LastOwner, "The last owner can neither leave nor be removed."),
        MembershipOutcome.NotAllowed => Problems.Forbidden(ErrorCodes.PermissionDenied, "Removing others needs the permission users.manage."),
        MembershipOutcome.Lost => Problems.Conflict(ErrorCodes.Conflict, "The members changed at the same moment. Look again and retry."),
        _ => Problems.NotFound("user", userId),
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
