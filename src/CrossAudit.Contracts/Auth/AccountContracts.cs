using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Auth;

/// <summary>One's own account, with the organizations that it belongs to.</summary>
public sealed record ProfileView : UserView
{
    /// <summary>Makes a profile of an account.</summary>
    /// <param name="user">The account.</param>
    [SetsRequiredMembers]
    public ProfileView(UserView user)
        : base(user)
    {
    }

    /// <summary>For what reads it from JSON.</summary>
    [System.Text.Json.Serialization.JsonConstructor]
    public ProfileView()
    {
    }

    /// <summary>The organizations, the oldest membership first.</summary>
    public IReadOnlyList<ProfileOrganization> Organizations { get; init; } = [];
}

/// <summary>An organization that one belongs to.</summary>
public sealed record ProfileOrganization
{
    /// <summary>Identifies the organization.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One's role in it.</summary>
    public required string Role { get; init; }

    /// <summary>Since when one is a member.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>Changes one's own account: what is absent stays as it is, null clears what can be empty.</summary>
public sealed record UpdateProfileRequest
{
    /// <summary>Given name.</summary>
    [Text(100)]
    public Optional<string?> FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Text(100)]
    public Optional<string?> LastName { get; init; }

    /// <summary>Telephone number.</summary>
    [Text(50)]
    public Optional<string?> Phone { get; init; }

    /// <summary>Address of a picture, http or https.</summary>
    [Text(2000), HttpUrl]
    public Optional<string?> ProfilePictureUrl { get; init; }

    /// <summary>Time zone by its IANA name, such as <c>Europe/Berlin</c>.</summary>
    [Text(64, MinLength = 1), TimeZoneName]
    public Optional<string> Timezone { get; init; }

    /// <summary>Language as a BCP 47 tag, such as <c>de-AT</c>.</summary>
    [Text(35, MinLength = 1), LanguageTag]
    public Optional<string> Language { get; init; }

    /// <summary>What to be told about, and how; replaces what was there.</summary>
    [SmallJson]
    public JsonObject? NotificationPreferences { get; init; }
}

/// <summary>Changes one's own password.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The password until now.</summary>
    [Required, Text(128, MinLength = 1)]
    public string CurrentPassword { get; init; } = "";

    /// <summary>The new one: 8 to 128 characters, of any kind.</summary>
    [Required, Text(128, MinLength = 8)]
    public string NewPassword { get; init; } = "";
}

/// <summary>Asks for a link to choose a new password.</summary>
public sealed record ResetPasswordRequest
{
    /// <summary>The account's e-mail address.</summary>
    [Required, Email, Text(254, MinLength = 3)]
    public string Email { get; init; } = "";
}

/// <summary>Chooses a new password by a mailed token.</summary>
public sealed record ResetPasswordConfirmRequest
{
    /// <summary>The token from the mail.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Token { get; init; } = "";

    /// <summary>The new password: 8 to 128 characters, of any kind.</summary>
    [Required, Text(128, MinLength = 8)]
    public string NewPassword { get; init; } = "";
}

/// <summary>Shows by a mailed token that an address is one's own.</summary>
public sealed record EmailTokenRequest
{
    /// <summary>The token from the mail.</summary>
    [Required, Text(200, MinLength = 1)]
    public string Token { get; init; } = "";
}

/// <summary>Asks to change one's address.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new address; it gets a mail, and takes effect when its owner confirms it.</summary>
    [Required, Email, Text(254, MinLength = 3)]
    public string NewEmail { get; init; } = "";
}

/// <summary>Closes one's own account.</summary>
public sealed record DeactivateRequest
{
    /// <summary>The account's password.</summary>
    [Required, Text(128, MinLength = 1)]
    public string Password { get; init; } = "";
}
