using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>What the API description says of organizations.</summary>
internal static class OrganizationsDescription
{
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);

    public static OrganizationView Organization { get; } = new()
    {
        Id = new("019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f"),
        Name = "Analytical Engines",
        DisplayName = "Analytical Engines",
        Settings = new OrganizationSettings(),
        SubscriptionTier = "free",
        SubscriptionStatus = "active",
        IsActive = true,
        OwnerId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
        CreatedAt = Made,
        UpdatedAt = Made,
    };

    public static ApiArea Area { get; } = new(
        "Organizations",
        "Organizations, their members and invitations. Besides reading one's own, everything acts in the token's organization.",
        Organization,
        new CreateOrganizationRequest { Name = "Analytical Engines", Website = "https://example.com", Industry = "Computing" },
        new CreateInvitationRequest { Email = "charles@example.com", Role = "member" },
        new AcceptInvitationRequest { Token = "f3Lk9sVwQm2xTz7Yb1Nc" },
        new InvitationView
        {
            Id = new("019a4c20-11aa-7b52-9d3e-8f7061524334"),
            Email = "charles@example.com",
            Role = "member",
            InvitedBy = Organization.OwnerId,
            Status = "pending",
            ExpiresAt = Made.AddDays(7),
            CreatedAt = Made,
        },
        new MemberView { UserId = Organization.OwnerId, Email = "ada@example.com", FirstName = "Ada", LastName = "Lovelace", Role = "owner", JoinedAt = Made },
        new OrganizationSettings { DefaultSensitivity = Contracts.Documents.SensitivityLevel.Internal, MfaRequired = true, AllowedDomains = ["example.com"], SessionHours = 12 },
        new UpdateSettingsRequest { MfaRequired = true, AllowedDomains = ["example.com"] },
        new UpdateOrganizationRequest { DisplayName = "Analytical Engines Ltd", Website = "https://engines.example.com" },
        new ChangeRoleRequest { Role = "manager" },
        new TransferOwnershipRequest { UserId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f") },
        new InvitationTokenRequest { Token = "kq0ZyD3vX9bN7cW1sLr8tHm2uJf6gPa4kq0ZyD3vX9b" },
        new InvitationPreview { OrganizationName = "Analytical Engines", Email = "charles@example.com", Role = "member", ExpiresAt = Made.AddDays(7), HasAccount = false },
        new DeletionConfirmation { Message = "The organization is deleted. Until 2026-03-02T09:05:00.000000Z an owner can restore it; then all it holds is destroyed.", DeletionDueAt = Made.AddDays(30) },
        new Confirmation { Message = "It is done." });
}
