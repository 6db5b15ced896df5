using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Roles;

using Outcome = AccessOutcome<Revised<RoleView>>;

/// <summary>Copies templates, and brings copies to the newest issue without losing what the organization made of them.</summary>
internal sealed class TemplateCopies(AppDbContext db, Actor actor, RoleTemplates templates, RoleEditor editor)
{
    /// <summary>Makes a copy; null if there is no such template.</summary>
    public async Task<Outcome?> CopyAsync(CopyTemplateRequest request, CancellationToken stop) => templates.Find(request.Template) is not { } template
        ? null
        : await editor.AddAsync(
            now => new Role
            {
                Id = Guid.CreateVersion7(now),
                OrganizationId = actor.OrganizationId,
                // A default role has the template's own name.
                Name = request.Name ?? (DefaultRoles.Exists(template.Name) ? template.Name + "_copy" : template.Name),
                DisplayName = template.DisplayName,
                Description = template.Description,
                MaxSensitivity = template.MaxSensitivity,
                Permissions = [.. template.Permissions],
                DeniedPermissions = [.. template.DeniedPermissions],
                Template = template.Name,
                TemplateVersion = template.Version,
                CreatedAt = now,
                UpdatedAt = now,
            },
            stop);

    /// <summary>Brings a copy to its template's newest issue: what the organization added stays, what it removed stays out.</summary>
    public async Task<Outcome> UpgradeAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        var copy = await db.Set<Role>().AsNoTracking().Where(r => r.Id == id).Select(r => new { r.Template, r.TemplateVersion }).SingleOrDefaultAsync(stop);
        if (copy is null && RoleCatalogue.Shipped(actor.OrganizationId, id) is null)
            return AccessRefusal.RoleMissing;
        if (copy?.Template is not { } name || templates.Find(name) is not { } newest || newest.Version == copy.TemplateVersion || templates.Find(name, copy.TemplateVersion!.Value) is not { } begun)
            return AccessRefusal.RoleUpToDate;
        return await editor.ChangeAsync(
            id, ifMatch, AuditActions.RoleUpgraded,
            role =>
            {
                // Upgraded by somebody else meanwhile: then there is nothing left to do.
                if (role.TemplateVersion != begun.Version)
                    return;
                role.Permissions = Merge(begun.Permissions, newest.Permissions, role.Permissions);
                role.DeniedPermissions = Merge(begun.DeniedPermissions, newest.DeniedPermissions, role.DeniedPermissions);
                role.MaxSensitivity = role.MaxSensitivity == begun.MaxSensitivity ? newest.MaxSensitivity : role.MaxSensitivity;
                role.TemplateVersion = newest.Version;
            },
            stop);
    }

    private static List<string> Merge(IReadOnlyList<string> begun, IReadOnlyList<string> newest, List<string> own) =>
        [.. newest.Where(name => own.Contains(name) || !begun.Contains(name)).Union(own.Except(begun)).Order(StringComparer.Ordinal)];
}
