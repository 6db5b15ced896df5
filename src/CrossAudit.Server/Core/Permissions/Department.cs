using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>A part of an organization that documents and threads may belong to, and that roles may be given for.</summary>
internal sealed class Department : IAccessFact, IRevised
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; set; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }
    public Guid? ParentDepartmentId { get; set; }

    /// <summary>The role that its members have in it; null for none.</summary>
    public Guid? DefaultRoleId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public int Revision { get; set; }
}

/// <summary>Somebody who belongs to a department.</summary>
internal sealed class DepartmentMember : IAccessFact
{
    public required Guid DepartmentId { get; init; }
    public required Guid UserId { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

internal sealed class DepartmentMapping : IEntityTypeConfiguration<Department>, IEntityTypeConfiguration<DepartmentMember>
{
    public void Configure(EntityTypeBuilder<Department> department)
    {
        department.ToTable("departments");
        department.HasIndex(d => new { d.OrganizationId, d.Name }).IsUnique();
        // What refers to a department names the organization too: a reference across organizations cannot be stored, whatever a feature forgets.
        department.HasAlternateKey(d => new { d.OrganizationId, d.Id });
        department.HasOne<Department>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.ParentDepartmentId }).HasPrincipalKey(d => new { d.OrganizationId, d.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DepartmentMember> member)
    {
        member.ToTable("department_members").HasKey(m => new { m.DepartmentId, m.UserId });
        member.HasIndex(m => new { m.OrganizationId, m.UserId });
        member.HasOne<Department>().WithMany().HasForeignKey(m => new { m.OrganizationId, m.DepartmentId }).HasPrincipalKey(d => new { d.OrganizationId, d.Id }).OnDelete(DeleteBehavior.Cascade);
    }
}
