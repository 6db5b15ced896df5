using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Actors;

/// <summary>What documents, threads and the audit trail belong to.</summary>
internal sealed class Organization : IRevised, IDueRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }
    public string? Domain { get; set; }
    public string? LogoUrl { get; set; }
    public string? Website { get; set; }
    public string? Industry { get; set; }
    public string? CompanySize { get; set; }
    public string? HeadquartersLocation { get; set; }
    public OrganizationSettings Settings { get; set; } = new();
    public string SubscriptionTier { get; set; } = "free";
    public string SubscriptionStatus { get; set; } = "active";
    public bool IsActive { get; set; } = true;
    public required Guid OwnerId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public int Revision { get; set; }

    /// <summary>When what is in it is destroyed; null unless it was deleted.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>A new organization and the membership of its first owner: an organization is never without one.</summary>
    public static (Organization Organization, Membership Owner) Found(CreateOrganizationRequest request, Guid ownerId, DateTimeOffset now)
    {
        var organization = new Organization
        {
            Id = Guid.CreateVersion7(now),
            Name = request.Name,
            DisplayName = request.DisplayName ?? request.Name,
            Description = request.Description,
            Domain = request.Domain,
            Website = request.Website,
            Industry = request.Industry,
            CompanySize = request.CompanySize,
            HeadquartersLocation = request.HeadquartersLocation,
            OwnerId = ownerId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (organization, new Membership { Id = Guid.CreateVersion7(now), OrganizationId = organization.Id, UserId = ownerId, Role = DefaultRoles.Owner, JoinedAt = now });
    }

    public Revised<OrganizationView> ToRevised() => new(ToView(), Revision);

    public OrganizationView ToView() => new()
    {
        Id = Id,
        Name = Name,
        DisplayName = DisplayName,
        Description = Description,
        Domain = Domain,
        LogoUrl = LogoUrl,
        Website = Website,
        Industry = Industry,
        CompanySize = CompanySize,
        HeadquartersLocation = HeadquartersLocation,
        Settings = Settings,
        SubscriptionTier = SubscriptionTier,
        SubscriptionStatus = SubscriptionStatus,
        IsActive = IsActive,
        DeletionDueAt = DueAt,
        OwnerId = OwnerId,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

/// <summary>Ties an account to an organization, with a role.</summary>
internal sealed class Membership : IAccessFact
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }

    /// <summary><c>owner</c> or one of the default roles.</summary>
    public required string Role { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    public User? User { get; init; }
    public Organization? Organization { get; init; }
}

internal sealed class OrganizationMapping : IEntityTypeConfiguration<Organization>, IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.ToTable("organizations");
        organization.HasIndex(o => o.DueAt).HasFilter("due_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("memberships");
        membership.HasIndex(m => new { m.OrganizationId, m.UserId }).IsUnique();
        membership.HasIndex(m => m.UserId);
        membership.Property(m => m.Role).IsConcurrencyToken();
        membership.HasOne(m => m.User).WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        membership.HasOne(m => m.Organization).WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }
}
