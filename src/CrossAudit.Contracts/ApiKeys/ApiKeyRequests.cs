using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.ApiKeys;

/// <summary>Makes an API key.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>What it is called.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    [Text(2000)]
    public string? Description { get; init; }

    /// <summary>Whose it is.</summary>
    public ApiKeyKind Kind { get; init; } = ApiKeyKind.Personal;

    /// <summary>Permissions that it has: names, <c>resource.*</c> or <c>admin.full</c>. Its maker holds them.</summary>
    [Required, MinLength(1), MaxLength(100), Text(100, MinLength = 1)]
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>The highest label that it sees; its maker's own where left out.</summary>
    public SensitivityLevel? MaxSensitivity { get; init; }

    /// <summary>Addresses and networks that it may be used from; any where left out.</summary>
    [MaxLength(100), Text(50, MinLength = 1), Network]
    public IReadOnlyList<string> AllowedAddresses { get; init => field = value ?? []; } = [];

    /// <summary>Requests that it has in a minute.</summary>
    [Range(1, 100_000)]
    public int RateLimitRpm { get; init; } = 60;

    /// <summary>Requests that it has in an hour.</summary>
    [Range(1, 1_000_000)]
    public int RateLimitRph { get; init; } = 1000;

    /// <summary>When it ends by itself; never where left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What its users keep with it.</summary>
    [SmallJson]
    public JsonObject? Metadata { get; init; }
}

/// <summary>Changes an API key: an absent field is left alone, an explicit null clears one that may be empty.</summary>
public sealed record UpdateApiKeyRequest
{
    /// <summary>What it is called.</summary>
    [Text(200, MinLength = 1)]
    public Optional<string> Name { get; init; }

    /// <summary>What it is for.</summary>
    [Text(2000)]
    public Optional<string?> Description { get; init; }

    /// <summary>Permissions that it has.</summary>
    [MinLength(1), MaxLength(100), Text(100, MinLength = 1)]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The highest label that it sees.</summary>
    public SensitivityLevel? MaxSensitivity { get; init; }

    /// <summary>Addresses and networks that it may be used from; an empty list for any.</summary>
    [MaxLength(100), Text(50, MinLength = 1), Network]
    public IReadOnlyList<string>? AllowedAddresses { get; init; }

    /// <summary>Requests that it has in a minute.</summary>
    [Range(1, 100_000)]
    public int? RateLimitRpm { get; init; }

    /// <summary>Requests that it has in an hour.</summary>
    [Range(1, 1_000_000)]
    public int? RateLimitRph { get; init; }

    /// <summary>When it ends by itself.</summary>
    public Optional<DateTimeOffset?> ExpiresAt { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public bool? IsActive { get; init; }

    /// <summary>What its users keep with it.</summary>
    [SmallJson]
    public JsonObject? Metadata { get; init; }
}

/// <summary>Replaces the key by another.</summary>
public sealed record RotateApiKeyRequest
{
    /// <summary>Hours in which the old key works beside the new one; 0 stops it at once.</summary>
    [Range(0, 168)]
    public int OverlapHours { get; init; }
}

/// <summary>Reports a key that was found where it should not be.</summary>
public sealed record ReportLeakedKeyRequest
{
    /// <summary>The whole key.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Key { get; init; } = "";

    /// <summary>Where it was found, for its owners to read.</summary>
    [Text(500)]
    public string? FoundAt { get; init; }
}

/// <summary>An address, or a network in CIDR notation.</summary>
public sealed class NetworkAttribute() : FormatAttribute("an IP address such as 192.0.2.7, or a network such as 192.0.2.0/24")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => TryParse(text, out _);

    /// <summary>Reads an address as the network of it alone.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="network">The network.</param>
    public static bool TryParse(string text, out IPNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPNetwork.TryParse(text, out network))
            return true;
        // The parser also takes "10.1", as 10.0.0.1.
        if (!(text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3) || !IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
