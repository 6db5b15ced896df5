using System.Linq.Expressions;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Roles;

/// <summary>The roles of the actor's organization: those that every organization has, and its own.</summary>
internal sealed class RoleCatalogue(AppDbContext db, Actor actor)
{
    private static readonly Expression<Func<Role, RoleView>> View = r => new RoleView
    {
        Id = r.Id,
        OrganizationId = r.OrganizationId,
        Name = r.Name,
        DisplayName = r.DisplayName,
        Description = r.Description,
        ParentRoleId = r.ParentRoleId,
        IsSystemRole = false,
        IsDefault = false,
        IsActive = r.IsActive,
        MaxSensitivity = r.MaxSensitivity,
        Permissions = r.Permissions,
        DeniedPermissions = r.DeniedPermissions,
        Template = r.Template,
        TemplateVersion = r.TemplateVersion,
        CreatedAt = r.CreatedAt,
        UpdatedAt = r.UpdatedAt,
    };

    private static readonly Func<Role, RoleView> InMemory = View.Compile();

    public static Revised<RoleView> ViewOf(Role role) => new(InMemory(role), role.Revision);

    /// <summary>The page: first the roles that every organization has, then its own by name.</summary>
    public async Task<Page<RoleView>> ListAsync(PageRequest page, CancellationToken stop)
    {
        var founded = await FoundedAsync(stop);
        var shipped = DefaultRoles.All.Skip(page.Offset).Take(page.Limit).Select(role => ViewOf(role, founded)).ToList();
        var own = db.Set<Role>().AsNoTracking();
        var items = await own.OrderBy(r => r.Name).Skip(Math.Max(0, page.Offset - DefaultRoles.All.Count)).Take(page.Limit - shipped.Count).Select(View).ToListAsync(stop);
        return new Page<RoleView>([.. shipped, .. items], DefaultRoles.All.Count + await own.CountAsync(stop));
    }

    public async Task<Revised<RoleView>?> FindAsync(Guid id, CancellationToken stop)
    {
        if (Shipped(actor.OrganizationId, id) is { } shipped)
            return new Revised<RoleView>(ViewOf(shipped, await FoundedAsync(stop)), 0);
        return await db.Set<Role>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is { } role ? ViewOf(role) : null;
    }

    /// <summary>The role that every organization has, if this is the id of one.</summary>
    public static RoleDefinition? Shipped(Guid organizationId, Guid id) =>
        DefaultRoles.All.Append(DefaultRoles.OwnerDefinition).FirstOrDefault(role => DefaultRoles.IdOf(organizationId, role.Name) == id);

    private RoleView ViewOf(RoleDefinition role, DateTimeOffset founded) => new()
    {
        Id = DefaultRoles.IdOf(actor.OrganizationId, role.Name),
        OrganizationId = actor.OrganizationId,
        Name = role.Name,
        DisplayName = role.DisplayName,
        Description = role.Description,
        ParentRoleId = role.Parent is { } parent ? DefaultRoles.IdOf(actor.OrganizationId, parent) : null,
        IsSystemRole = true,
        IsDefault = role.Name == DefaultRoles.Member,
        IsActive = true,
        MaxSensitivity = role.MaxSensitivity,
        Permissions = role.Permissions,
        DeniedPermissions = role.Denied,
        CreatedAt = founded,
        UpdatedAt = founded,
    };

    private Task<DateTimeOffset> FoundedAsync(CancellationToken stop) => db.Set<Organization>().Where(o => o.Id == actor.OrganizationId).Select(o => o.CreatedAt).SingleAsync(stop);
}
