namespace CrossAudit.Server.Features.Auth;

/// <summary>What becomes of a refresh token that is presented.</summary>
internal enum RefreshVerdict
{
    /// <summary>It is the live one: the next takes its place.</summary>
    Rotate,

    /// <summary>It was replaced a moment ago, and its client has not got the answer, or asked twice at once: the same answer again.</summary>
    Repeat,

    /// <summary>It was used before, and not by a retry: somebody has a copy. The session ends.</summary>
    Reuse,

    /// <summary>It is none of this session's tokens yet, such as after the database was restored from a backup.</summary>
    Refuse,
}

/// <summary>
/// The rules by which refresh tokens replace each other (RFC 9700, section 4.14.2). There is one live token, and its number follows from the one
/// before: a retry gets the very token that the first answer held, so a chain cannot fork. docs/security/refresh-tokens.md draws the states.
/// </summary>
internal static class RefreshRotation
{
    /// <summary>How long the client that used a token may repeat itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <param name="presented">The generation of the token presented.</param>
    /// <param name="live">The generation of the session's live token.</param>
    /// <param name="sinceRotation">How long ago the live token was issued.</param>
    /// <param name="isSameClient">Whether it comes from the client that caused the last rotation.</param>
    public static RefreshVerdict Decide(int presented, int live, TimeSpan sinceRotation, bool isSameClient)
    {
        if (presented == live)
            return RefreshVerdict.Rotate;
        if (presented > live)
            return RefreshVerdict.Refuse;
        // Only of the last rotation: whoever holds a later token has had the answer, and does not ask with an earlier one.
        return presented == live - 1 && sinceRotation <= Grace && isSameClient ? RefreshVerdict.Repeat : RefreshVerdict.Reuse;
    }
}
