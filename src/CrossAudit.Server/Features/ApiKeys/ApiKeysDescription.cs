using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>What the API description says of API keys.</summary>
internal static class ApiKeysDescription
{
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);

    // Its checksum is wrong, so that no scanner takes it for a key.
    private const string Key = "ca_live_4kq0ZyD3vX9bN7cW1sLr8tHm2uJf6g000000";

    private static ApiKeyView View { get; } = new()
    {
        Id = new("019a4c2a-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
        OrganizationId = new("019a4c1e-9f10-7b2e-8a3d-5c6b7d8e9f01"),
        Name = "Nightly import",
        Description = "Uploads the day's contracts.",
        KeyPrefix = "ca_live_4kq0Zy",
        Kind = ApiKeyKind.Service,
        HolderId = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
        Scopes = [Permissions.DocumentsRead, Permissions.DocumentsWrite],
        MaxSensitivity = SensitivityLevel.Confidential,
        AllowedAddresses = ["192.0.2.0/24"],
        RateLimitRpm = 60,
        RateLimitRph = 1000,
        UsageCount = 1204,
        LastUsedAt = Made.AddDays(3),
        ExpiresAt = Made.AddDays(90),
        CreatedBy = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"),
        IsActive = true,
        CreatedAt = Made,
        UpdatedAt = Made,
    };

    public static ApiArea Area { get; } = new(
        "API keys",
        "Keys by which programs act: with the scopes that they were given, as far as their holder may do the same.",
        View,
        new ApiKeySecretView(View) { Key = Key },
        new CreateApiKeyRequest
        {
            Name = View.Name,
            Kind = ApiKeyKind.Service,
            Scopes = View.Scopes,
            MaxSensitivity = View.MaxSensitivity,
            AllowedAddresses = View.AllowedAddresses,
            ExpiresAt = View.ExpiresAt,
        },
        new UpdateApiKeyRequest { Name = "Nightly import of contracts", RateLimitRpm = 120, IsActive = true },
        new RotateApiKeyRequest { OverlapHours = 24 },
        new ReportLeakedKeyRequest { Key = Key, FoundAt = "https://code.example.org/acme/import/blob/main/settings.ini" });
}
