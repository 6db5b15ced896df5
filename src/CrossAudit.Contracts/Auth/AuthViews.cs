using System.Text.Json.Nodes;
using CrossAudit.Contracts.Organizations;

namespace CrossAudit.Contracts.Auth;

/// <summary>A signed-in session and its tokens.</summary>
public sealed record SessionView
{
    /// <summary>The access token, a JWT (RFC 9068): send it as <c>Authorization: Bearer</c>.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Renews the session once; each renewal answers the next one.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Always <c>bearer</c>.</summary>
    public string TokenType { get; init; } = "bearer";

    /// <summary>Seconds until the access token expires.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Who is signed in.</summary>
    public required UserView User { get; init; }

    /// <summary>The organization the session acts in.</summary>
    public required OrganizationView Organization { get; init; }
}

/// <summary>A person's account.</summary>
public record UserView
{
    /// <summary>Identifies the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address to sign in with.</summary>
    public required string Email { get; init; }

    /// <summary>Given name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    public string? LastName { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Address of a picture.</summary>
    public string? ProfilePictureUrl { get; init; }

    /// <summary>Time zone by its IANA name.</summary>
    public required string Timezone { get; init; }

    /// <summary>Language as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>What to be told about, and how.</summary>
    public required JsonObject NotificationPreferences { get; init; }

    /// <summary>Whether the account may sign in.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Whether the address is known to be theirs.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>Whether signing in takes a second factor.</summary>
    public required bool MfaEnabled { get; init; }

    /// <summary>When they last signed in.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>One of one's own sessions, as the list of them shows it.</summary>
public sealed record SessionListItem
{
    /// <summary>Identifies the session.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization it acts in.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>That organization's name as shown.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>Browser and system, as far as the client tells them.</summary>
    public required string Device { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Where it was used last.</summary>
    public string? IpAddress { get; init; }

    /// <summary>How its person proved who they are (RFC 8176), such as <c>pwd</c>, <c>otp</c> and <c>mfa</c>.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Whether it is the one that asks.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>When it was signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was signed in or renewed last.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When it ends if it is not renewed before.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
