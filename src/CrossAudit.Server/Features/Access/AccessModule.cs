using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Access.Departments;
using CrossAudit.Server.Features.Access.Grants;
using CrossAudit.Server.Features.Access.Questions;
using CrossAudit.Server.Features.Access.Roles;

namespace CrossAudit.Server.Features.Access;

/// <summary>Who may do what, and why: roles, permissions, departments, grants, and the questions about them.</summary>
internal static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton(AccessDescription.Area)
        .AddSingleton(RoleTemplates.Shipped)
        .AddSingleton<IPlacedResource, PlacedDepartments>()
        .AddScoped<IOrganizationData, AccessData>()
        .AddScoped<AccessWriter>()
        .AddScoped<RoleCatalogue>().AddScoped<RoleEditor>().AddScoped<TemplateCopies>().AddScoped<PermissionCatalogue>()
        .AddScoped<RoleGrants>()
        .AddScoped<DepartmentCatalogue>().AddScoped<DepartmentEditor>().AddScoped<DepartmentMembers>()
        .AddScoped<AccessQuestions>().AddScoped<AccessReview>();

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var access = routes.MapGroup("/api/rbac").WithTags("Access");

        access.MapRoles();
        access.MapPermissions();
        access.MapGrants();
        access.MapDepartments();
        access.MapQuestions();
    }
}
