using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Features.Organizations;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Auth;

/// <summary>What the API description says of signing in.</summary>
internal static class AuthDescription
{
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);

    private static UserView User { get; } = new()
    {
        Id = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
        Email = "ada@example.com",
        FirstName = "Ada",
        LastName = "Lovelace",
        Timezone = "Europe/London",
        Language = "en",
        NotificationPreferences = [],
        IsActive = true,
        EmailVerified = false,
        MfaEnabled = false,
        LastLoginAt = Made,
        CreatedAt = Made,
        UpdatedAt = Made,
    };

    public static ApiArea Area { get; } = new(
        "Authentication",
        "Accounts, sessions and tokens. An access token is short-lived; the refresh token renews it, once each.",
        new RegisterRequest { Email = "ada@example.com", Password = "an unusual passphrase", FirstName = "Ada", LastName = "Lovelace", OrganizationName = "Analytical Engines" },
        new LoginRequest { Email = "ada@example.com", Password = "an unusual passphrase" },
        new RefreshRequest { RefreshToken = "rt_4kq0ZyD3vX9bN7cW1sLr8tHm2uJf6gPa" },
        User,
        new SessionView
        {
            AccessToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.…",
            RefreshToken = "rt_4kq0ZyD3vX9bN7cW1sLr8tHm2uJf6gPa",
            ExpiresIn = 1800,
            User = User,
            Organization = OrganizationsDescription.Organization,
        });
}
