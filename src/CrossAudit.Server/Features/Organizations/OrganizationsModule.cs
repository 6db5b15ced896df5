using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
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

        var own = organizations.MapGroup("/{orgId:guid}").AddEndpointFilter(OnlyTheTokensOrganization);
        own.MapPut("/", DescribeOrganization).RequirePermission(Permissions.SettingsManage).Refuses(412, ErrorCodes.PreconditionFailed);
        own.MapDelete("/", DeleteOrganization).RequireSignIn().RequireRecentSignIn().Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.OwnerRequired).Refuses(409, ErrorCodes.Conflict, ErrorCodes.OrganizationOnLegalHold);
        own.MapGet("/settings", GetSettings).RequirePermission(Permissions.SettingsRead);
        own.MapPut("/settings", UpdateSettings).RequirePermission(Permissions.SettingsManage).Refuses(409, ErrorCodes.RuleShutsOutSetter).Refuses(412, ErrorCodes.PreconditionFailed);

        own.MapMembers();
        organizations.MapInvitations(own);

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
    internal static async Task<CreatedEntityResult<OrganizationView>> Found(CreateOrganizationRequest request, OrganizationService organizations, CancellationToken stop)
    {
        var organization = await organizations.FoundAsync(request, stop);
        return organization.CreatedAt($"/api/organizations/{organization.View.Id}");
    }

    /// <summary>Reads one of one's own organizations.</summary>
    internal static async Task<Results<EntityResult<OrganizationView>, ProblemHttpResult>> Get(Guid orgId, OrganizationService organizations, CancellationToken stop) =>
        await organizations.FindMineAsync(orgId, stop) is { } organization ? organization.Answer() : Problems.NotFound("organization", orgId);

    /// <summary>Changes what an organization says of itself.</summary>
    internal static async Task<Results<EntityResult<OrganizationView>, ProblemHttpResult>> DescribeOrganization(
        Guid orgId, UpdateOrganizationRequest request, IfMatch ifMatch, SettingsService settings, CancellationToken stop) => Answer(await settings.DescribeAsync(request, ifMatch, stop));

    /// <summary>Deletes an organization.</summary>
    /// <remarks>Nobody can act in it from now on. For 30 days an owner can restore it; then all it holds is destroyed, but for its audit trail. It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<Ok<Envelope<DeletionConfirmation>>, ProblemHttpResult>> DeleteOrganization(Guid orgId, IfMatch ifMatch, OrganizationDeletion deletion, CancellationToken stop) =>
        await deletion.DeleteAsync(ifMatch, stop) switch
        {
            DeletionOutcome.Deleted(var due) => TypedResults.Ok(Envelope.Of(new DeletionConfirmation
            {
                Message = $"The organization is deleted. Until {TimestampConverter.ToText(due)} an owner can restore it; then all it holds is destroyed.",
                DeletionDueAt = due,
            })),
            DeletionOutcome.Stale => Problems.Stale("organization"),
            DeletionOutcome.Lost => Problems.LostRace("organization"),
            DeletionOutcome.OnLegalHold => Problems.Conflict(ErrorCodes.OrganizationOnLegalHold, "A document of the organization is under legal hold, perhaps in the bin. End the hold first."),
            _ => Problems.Forbidden(ErrorCodes.OwnerRequired, "Only an owner can delete an organization."),
        };

    /// <summary>Takes a deleted organization back.</summary>
    internal static async Task<Results<Ok<Envelope<OrganizationView>>, ProblemHttpResult>> RestoreOrganization(Guid orgId, OrganizationDeletion deletion, CancellationToken stop) =>
        await deletion.RestoreAsync(orgId, stop) is { } organization ? TypedResults.Ok(Envelope.Of(organization)) : Problems.NotFound("deleted organization", orgId);

    /// <summary>Reads the rules that hold in an organization.</summary>
    internal static async Task<EntityResult<OrganizationSettings>> GetSettings(Guid orgId, SettingsService settings, CancellationToken stop) => (await settings.ReadAsync(stop)).Answer();

    /// <summary>Changes the rules that hold in an organization, at once and for everybody.</summary>
    internal static async Task<Results<EntityResult<OrganizationSettings>, ProblemHttpResult>> UpdateSettings(
        Guid orgId, UpdateSettingsRequest request, IfMatch ifMatch, SettingsService settings, CancellationToken stop) =>
        request.SessionHours is { IsSet: true, Value: < 1 or > 8760 } ? Problems.InvalidField("session_hours", "It takes 1 to 8760, or null.") : Answer(await settings.UpdateAsync(request, ifMatch, stop));

    private static Results<EntityResult<T>, ProblemHttpResult> Answer<T>(SettingsOutcome<T> outcome) => outcome switch
    {
        SettingsOutcome<T>.Saved(var value) => value.Answer(),
        SettingsOutcome<T>.ShutsOutSetter(ErrorCodes.MfaRequiredByOrganization) =>
            Problems.Conflict(ErrorCodes.RuleShutsOutSetter, "You have not used a second factor in this session, and would shut yourself out. Switch it on first."),
        SettingsOutcome<T>.ShutsOutSetter => Problems.Conflict(ErrorCodes.RuleShutsOutSetter, "Your own e-mail address is not confirmed, or yours or an owner's is of another domain: you would shut yourself or them out."),
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
