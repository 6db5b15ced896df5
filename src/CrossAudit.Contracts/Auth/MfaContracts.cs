using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Auth;

/// <summary>Proves once more who is signed in.</summary>
public sealed record ReauthenticateRequest
{
    /// <summary>The account's password.</summary>
    [Required, Text(128, MinLength = 1)]
    public string Password { get; init; } = "";

    /// <summary>The code that the authenticator app shows, where the account has a second factor.</summary>
    [Text(16)]
    public string? TotpCode { get; init; }

    /// <summary>A recovery code in place of the app's; each works once.</summary>
    [Text(64)]
    public string? RecoveryCode { get; init; }
}

/// <summary>The next access token of a session; its refresh token stays as it is.</summary>
public sealed record AccessTokenView
{
    /// <summary>The access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Always <c>bearer</c>.</summary>
    public string TokenType { get; init; } = "bearer";

    /// <summary>Seconds until it expires.</summary>
    public required int ExpiresIn { get; init; }
}

/// <summary>A code of the second factor.</summary>
public sealed record MfaCodeRequest
{
    /// <summary>The code that the authenticator app shows.</summary>
    [Text(16)]
    public string? Code { get; init; }

    /// <summary>A recovery code in its place.</summary>
    [Text(64)]
    public string? RecoveryCode { get; init; }
}

/// <summary>Takes an authenticator app into use.</summary>
public sealed record EnableMfaRequest
{
    /// <summary>The code that the app shows.</summary>
    [Required, Text(16, MinLength = 1)]
    public string Code { get; init; } = "";
}

/// <summary>Where the second factor stands.</summary>
public sealed record MfaView
{
    /// <summary>Whether signing in takes a second factor.</summary>
    public required bool Enabled { get; init; }

    /// <summary>How many recovery codes are not used yet.</summary>
    public required int RecoveryCodesLeft { get; init; }
}

/// <summary>What an authenticator app needs to know.</summary>
public sealed record MfaSetupView
{
    /// <summary>The secret in base32, to type in.</summary>
    public required string Secret { get; init; }

    /// <summary>The same as a link, to show as a QR code.</summary>
    public required string OtpauthUri { get; init; }
}

/// <summary>Recovery codes, shown this once.</summary>
public sealed record RecoveryCodesView
{
    /// <summary>The codes; each works once.</summary>
    public required IReadOnlyList<string> RecoveryCodes { get; init; }
}
