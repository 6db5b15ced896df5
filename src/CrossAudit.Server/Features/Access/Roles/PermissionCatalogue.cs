using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Roles;

/// <summary>What can be allowed in the actor's organization: the shipped permissions, and its own for what it governs elsewhere.</summary>
internal sealed class PermissionCatalogue(AppDbContext db, Actor actor, AccessWriter writer, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The page: first the shipped ones, then the organization's own by name.</summary>
    public async Task<Page<PermissionView>> ListAsync(PageRequest page, CancellationToken stop)
    {
        var founded = await db.Set<Organization>().Where(o => o.Id == actor.OrganizationId).Select(o => o.CreatedAt).SingleAsync(stop);
        var shipped = Permissions.All.Skip(page.Offset).Take(page.Limit).Select(name => ViewOf(ShippedId(name), name, Permissions.Descriptions[name], isSystem: true, founded)).ToList();
        var own = db.Set<CustomPermission>().AsNoTracking();
        var items = await own.OrderBy(p => p.Name).Skip(Math.Max(0, page.Offset - Permissions.All.Count)).Take(page.Limit - shipped.Count).ToListAsync(stop);
        return new Page<PermissionView>([.. shipped, .. items.Select(ViewOf)], Permissions.All.Count + await own.CountAsync(stop));
    }

    public Task<AccessOutcome<PermissionView>> CreateAsync(CreatePermissionRequest request, CancellationToken stop) => writer.MakeAsync<PermissionView>(
        Permissions.RolesManage,
        async _ =>
        {
            var now = clock.GetUtcNow();
            if (Permissions.All.Contains(request.Name) || await db.Set<CustomPermission>().AnyAsync(p => p.Name == request.Name, stop))
                return AccessRefusal.PermissionExists;
            var permission = new CustomPermission { Id = Guid.CreateVersion7(now), OrganizationId = actor.OrganizationId, Name = request.Name, Description = request.Description, CreatedAt = now };
            db.Add(permission);
            audit.Record(AuditEntry.On(AuditActions.PermissionCreated, "permission", permission.Id) with { Metadata = new() { ["name"] = permission.Name } });
            return ViewOf(permission);
        },
        stop);

    public Task<AccessOutcome<Confirmation>> DeleteAsync(Guid id, CancellationToken stop) => writer.MakeAsync<Confirmation>(
        Permissions.RolesManage,
        async _ =>
        {
            if (await NameOfAsync(id, stop) is not { } name)
                return AccessRefusal.PermissionMissing;
            if (await db.Set<CustomPermission>().SingleOrDefaultAsync(p => p.Id == id, stop) is not { } permission
                || await db.Set<Role>().AnyAsync(r => r.Permissions.Contains(name) || r.DeniedPermissions.Contains(name), stop))
                return AccessRefusal.PermissionInUse;
            db.Remove(permission);
            audit.Record(AuditEntry.On(AuditActions.PermissionDeleted, "permission", id) with { Metadata = new() { ["name"] = name } });
            return new Confirmation { Message = "The permission was removed." };
        },
        stop);

    /// <summary>The name of a permission; null if there is none with this id.</summary>
    public async Task<string?> NameOfAsync(Guid id, CancellationToken stop) =>
        Permissions.All.FirstOrDefault(name => ShippedId(name) == id) ?? await db.Set<CustomPermission>().Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(stop);

    private Guid ShippedId(string name) => DerivedId.Of(actor.OrganizationId, "permission", name);

    private static PermissionView ViewOf(CustomPermission permission) => ViewOf(permission.Id, permission.Name, permission.Description, isSystem: false, permission.CreatedAt);

    private static PermissionView ViewOf(Guid id, string name, string? description, bool isSystem, DateTimeOffset created)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return new PermissionView { Id = id, Name = name, Resource = name[..dot], Action = name[(dot + 1)..], Description = description, IsSystem = isSystem, CreatedAt = created };
    }
}
