namespace CrossAudit.Client;

/// <summary>The tokens of a session: what to keep in order to go on later without a password.</summary>
/// <param name="AccessToken">Sent as bearer with each request.</param>
/// <param name="RefreshToken">Renews the session, once; null where it cannot be renewed.</param>
/// <param name="ExpiresAt">When the access token expires by the client's own clock; null where that is not known.</param>
public sealed record SessionTokens(string AccessToken, string? RefreshToken = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Says nothing secret, for it may end up in a log.</summary>
    public override string ToString() => $"{nameof(SessionTokens)} {{ {nameof(ExpiresAt)} = {ExpiresAt:u} }}";
}
