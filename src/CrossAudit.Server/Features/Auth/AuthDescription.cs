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
        new SwitchOrganizationRequest { OrganizationId = new("019a4c1e-9f10-7b2e-8a3d-5c6b7d8e9f01") },
        new SessionListItem
        {
            Id = new("019a4c1f-1b2c-7d3e-9f4a-6b7c8d9e0f12"),
            OrganizationId = new("019a4c1e-9f10-7b2e-8a3d-5c6b7d8e9f01"),
            OrganizationName = "Analytical Engines",
            Device = "Firefox on Linux",
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            IpAddress = "192.0.2.17",
            Methods = ["pwd"],
            IsCurrent = true,
            CreatedAt = Made,
            LastUsedAt = Made,
            ExpiresAt = Made.AddDays(7),
        },
        new JsonWebKeySetView
        {
            Keys = [new JsonWebKeyView { Kty = "EC", Kid = "q9nUUFzkA0w4zYIRhpZ1kW2uLkWm7jzzYfS5YwG3Yd0", Use = "sig", Alg = "ES256", Crv = "P-256", X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }],
        },
        new ReauthenticateRequest { Password = "an unusual passphrase", TotpCode = "492039" },
        new AccessTokenView { AccessToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.…", ExpiresIn = 1800 },
        new ProfileView(User)
        {
            Organizations = [new ProfileOrganization { Id = new("019a4c1e-9f10-7b2e-8a3d-5c6b7d8e9f01"), Name = "Analytical Engines", DisplayName = "Analytical Engines", Role = "owner", JoinedAt = Made }],
        },
        new UpdateProfileRequest { FirstName = "Augusta", Timezone = "Europe/Berlin", Language = "de-AT" },
        new ChangePasswordRequest { CurrentPassword = "an unusual passphrase", NewPassword = "another unusual passphrase" },
        new ResetPasswordRequest { Email = "ada@example.com" },
        new ResetPasswordConfirmRequest { Token = "kq0ZyD3vX9bN7cW1sLr8tHm2uJf6gPa4kq0ZyD3vX9b", NewPassword = "another unusual passphrase" },
        new EmailTokenRequest { Token = "kq0ZyD3vX9bN7cW1sLr8tHm2uJf6gPa4kq0ZyD3vX9b" },
        new ChangeEmailRequest { NewEmail = "augusta@example.com" },
        new DeactivateRequest { Password = "an unusual passphrase" },
        new EnableMfaRequest { Code = "492039" },
        new MfaCodeRequest { Code = "492039" },
        new MfaView { Enabled = true, RecoveryCodesLeft = 10 },
        new MfaSetupView { Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", OtpauthUri = "otpauth://totp/CrossAudit:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=CrossAudit" },
        new RecoveryCodesView { RecoveryCodes = ["mfrg-g43f-mztw-q2lk"] },
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
