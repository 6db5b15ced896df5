using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Access;

/// <summary>What the API description says of roles, departments and grants.</summary>
internal static class AccessDescription
{
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);
    private static readonly Guid Organization = new("019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f");
    private static readonly Guid Ada = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f");
    private static readonly Guid Reviewer = new("019a4c22-31cc-7d74-8f50-1a1283746556");
    private static readonly Guid Research = new("019a4c23-42dd-7e85-9061-2b2394857667");

    private static readonly AccessReasonView Because = new()
    {
        Effect = AccessEffect.Allow,
        Detail = "The role model-reviewer, granted for a department, allows documents.*, inherited from data_steward.",
        Entry = "documents.*",
        RoleId = Reviewer,
        Role = "model-reviewer",
        AncestorRoleId = new("019a4c24-53ee-7f96-a172-3c34a5968778"),
        AncestorRole = "data_steward",
        Source = RoleSource.Grant,
        DepartmentId = Research,
        ExpiresAt = Made.AddDays(90),
    };

    private static readonly DepartmentView Department = new()
    {
        Id = Research,
        OrganizationId = Organization,
        Name = "research",
        DisplayName = "Research",
        MemberCount = 12,
        DefaultRoleId = Reviewer,
        CreatedAt = Made,
        UpdatedAt = Made,
    };

    public static ApiArea Area { get; } = new(
        "Access",
        "Who may do what, and why: roles that inherit, departments, grants that end by themselves, and the questions of an access review. Every change holds on every node within a second.",
        new RoleView
        {
            Id = Reviewer,
            OrganizationId = Organization,
            Name = "model-reviewer",
            DisplayName = "Model reviewer",
            IsSystemRole = false,
            IsDefault = false,
            IsActive = true,
            MaxSensitivity = SensitivityLevel.Confidential,
            Permissions = ["documents.read", "chat.*"],
            DeniedPermissions = ["documents.delete"],
            CreatedAt = Made,
            UpdatedAt = Made,
        },
        new CreateRoleRequest { Name = "model-reviewer", DisplayName = "Model reviewer", MaxSensitivity = SensitivityLevel.Confidential, Permissions = ["documents.read", "chat.*"], DeniedPermissions = ["documents.delete"] },
        new UpdateRoleRequest { Permissions = ["documents.read", "documents.write", "chat.*"] },
        new RoleTemplateView
        {
            Name = "data_steward",
            DisplayName = "Data steward",
            Description = "Looks after documents.",
            Version = 1,
            MaxSensitivity = SensitivityLevel.Restricted,
            Permissions = ["documents.*", "chat.read", "chat.write"],
            DeniedPermissions = [],
        },
        new CopyTemplateRequest { Template = "data_steward", Name = "records-office" },
        new PermissionView { Id = new("019a4c25-64ff-70a7-b283-4d45b6a79889"), Name = "models.approve", Resource = "models", Action = "approve", Description = "Approve a model for use.", IsSystem = false, CreatedAt = Made },
        new CreatePermissionRequest { Name = "models.approve", Description = "Approve a model for use." },
        new GrantRoleRequest { DepartmentId = Research, ExpiresAt = Made.AddDays(90) },
        new RoleHoldingView { UserId = Ada, RoleId = Reviewer, Role = "model-reviewer", Source = RoleSource.Grant, DepartmentId = Research, Department = "Research", ExpiresAt = Made.AddDays(90), IsActive = true, GrantedBy = Ada, GrantedAt = Made },
        Department,
        new DepartmentTreeView { Department = Department, Children = [] },
        new CreateDepartmentRequest { Name = "research", DisplayName = "Research" },
        new UpdateDepartmentRequest { DisplayName = "Research and development", DefaultRoleId = Reviewer },
        new DepartmentMemberView { DepartmentId = Research, UserId = Ada, Email = "ada@example.com", AddedBy = Ada, AddedAt = Made },
        new CheckRequest { UserId = Ada, Permission = Permissions.DocumentsWrite, ResourceType = "department", ResourceId = Research },
        new CheckView { UserId = Ada, Permission = Permissions.DocumentsWrite, ResourceType = "department", ResourceId = Research, Allowed = true, Because = [Because] },
        new HolderView { UserId = Ada, Email = "ada@example.com", Because = [Because] },
        new EffectivePermissionView { Permission = Permissions.DocumentsWrite, RoleId = Reviewer, Role = "model-reviewer", Entry = "documents.*", Source = RoleSource.Grant, DepartmentId = Research, DeniedInDepartments = [], ExpiresAt = Made.AddDays(90) },
        new AccessReviewEntryView
        {
            UserId = Ada,
            Email = "ada@example.com",
            Name = "Ada Lovelace",
            RoleId = Reviewer,
            Role = "model-reviewer",
            Source = RoleSource.Grant,
            DepartmentId = Research,
            Department = "Research",
            Since = Made,
            GrantedBy = Ada,
            GrantedByEmail = "ada@example.com",
            LastUsedAt = Made.AddDays(3),
            ExpiresAt = Made.AddDays(90),
            IsActive = true,
        });
}
