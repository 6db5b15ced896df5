using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>A role that an organization made for itself; the default ones stand in no table (<see cref="DefaultRoles"/>).</summary>
internal sealed class Role : IAccessFact, IRevised
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; set; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }

    /// <summary>The role it inherits from, one of these or a default one.</summary>
    public Guid? ParentRoleId { get; set; }

    public bool IsActive { get; set; } = true;
    public required SensitivityLevel MaxSensitivity { get; set; }

    /// <summary>Permission names and wildcards.</summary>
    public List<string> Permissions { get; set; } = [];

    /// <summary>What it denies, whatever other role allows it.</summary>
    public List<string> DeniedPermissions { get; set; } = [];

    /// <summary>The template it is a copy of, and which issue of it; null for none.</summary>
    public string? Template { get; init; }

    public int? TemplateVersion { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public int Revision { get; set; }

    public RoleDefinition Definition => new(Name, DisplayName, Description ?? "", null, Permissions, MaxSensitivity) { Denied = DeniedPermissions };
}

/// <summary>A role given to somebody beside the one that their membership carries.</summary>
internal sealed class RoleGrant : IAccessFact
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }
    public required Guid RoleId { get; init; }

    /// <summary>The department that it counts in, with those below it; null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public required Guid GrantedBy { get; set; }
    public required DateTimeOffset GrantedAt { get; set; }
}

/// <summary>A permission that an organization added to the shipped ones, for what it governs elsewhere.</summary>
internal sealed class CustomPermission : IAccessFact
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary><c>resource.action</c></summary>
    public required string Name { get; init; }

    public string? Description { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class RoleMapping : IEntityTypeConfiguration<Role>, IEntityTypeConfiguration<RoleGrant>, IEntityTypeConfiguration<CustomPermission>
{
    public void Configure(EntityTypeBuilder<Role> role)
    {
        role.ToTable("roles");
        role.Ignore(r => r.Definition);
        role.HasIndex(r => new { r.OrganizationId, r.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RoleGrant> grant)
    {
        grant.ToTable("role_grants");
        // No two alike; the whole organization counts as a place too, and NULL equals nothing: hence two indexes.
        grant.HasIndex(g => new { g.OrganizationId, g.UserId, g.RoleId, g.DepartmentId }).IsUnique().HasFilter("department_id IS NOT NULL");
        grant.HasIndex(g => new { g.OrganizationId, g.UserId, g.RoleId }).IsUnique().HasFilter("department_id IS NULL").HasDatabaseName("ix_role_grants_organization_wide");
        grant.HasOne<Department>().WithMany().HasForeignKey(g => new { g.OrganizationId, g.DepartmentId }).HasPrincipalKey(d => new { d.OrganizationId, d.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CustomPermission> permission)
    {
        permission.ToTable("permissions");
        permission.HasIndex(p => new { p.OrganizationId, p.Name }).IsUnique();
    }
}
