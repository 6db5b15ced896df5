using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Auth;

/// <summary>Makes an account, signs it in, and founds an organization or joins the one that invited it.</summary>
public sealed record RegisterRequest
{
    /// <summary>The address to sign in with; upper and lower case are the same.</summary>
    [Required, Email, Text(254, MinLength = 3)]
    public string Email { get; init; } = "";

    /// <summary>8 to 128 characters, of any kind.</summary>
    [Required, Text(128, MinLength = 8)]
    public string Password { get; init; } = "";

    /// <summary>Given name.</summary>
    [Text(100)]
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Text(100)]
    public string? LastName { get; init; }

    /// <summary>Telephone number.</summary>
    [Text(50)]
    public string? Phone { get; init; }

    /// <summary>Time zone by its IANA name, such as <c>Europe/Berlin</c>.</summary>
    [Text(64), TimeZoneName]
    public string? Timezone { get; init; }

    /// <summary>Language as a BCP 47 tag, such as <c>de-AT</c>.</summary>
    [Text(35), LanguageTag]
    public string? Language { get; init; }

    /// <summary>Name of the organization to found; left out, it is named after the person.</summary>
    [Text(200)]
    public string? OrganizationName { get; init; }

    /// <summary>Token of an invitation; with it, the account joins that organization and founds none.</summary>
    [Text(200)]
    public string? InvitationToken { get; init; }
}

/// <summary>Signs in.</summary>
public sealed record LoginRequest
{
    /// <summary>The account's e-mail address.</summary>
    [Required, Text(254, MinLength = 1)]
    public string Email { get; init; } = "";

    /// <summary>The account's password.</summary>
    [Required, Text(128, MinLength = 1)]
    public string Password { get; init; } = "";

    /// <summary>The code that the authenticator app shows, where the account has a second factor.</summary>
    [Text(16)]
    public string? TotpCode { get; init; }

    /// <summary>A recovery code in place of the app's; each works once.</summary>
    [Text(64)]
    public string? RecoveryCode { get; init; }

    /// <summary>The organization to sign in to; left out, the one used last, else the oldest membership.</summary>
    public Guid? OrganizationId { get; init; }
}

/// <summary>Renews a session; the token may also stand as bearer.</summary>
public sealed record RefreshRequest
{
    /// <summary>The refresh token that was issued last.</summary>
    [Text(200)]
    public string? RefreshToken { get; init; }
}

/// <summary>Goes on in another of one's organizations.</summary>
public sealed record SwitchOrganizationRequest
{
    /// <summary>The organization to act in.</summary>
    [Required]
    public Guid? OrganizationId { get; init; }
}
