using System.Globalization;

namespace CrossAudit.Server.Platform.Http;

/// <summary>The condition under which the caller wants its change made.</summary>
/// <param name="Tags">The entity tags sent; null where there is no condition.</param>
internal readonly record struct IfMatch(string[]? Tags)
{
    /// <summary>Whether the caller has set a condition at all.</summary>
    public bool IsConditional => Tags is not null;

    /// <summary>Whether the caller's <c>If-Match</c>, if it sent one, allows a change to this revision.</summary>
    public bool Allows(int revision) => Tags is null || Array.Exists(Tags, tag => tag == "*" || Names(tag, revision));

    // The revision alone: a message that somebody sends meanwhile is no reason not to rename the thread. A weak tag names none (RFC 9110, section 13.1.1).
    private static bool Names(string tag, int revision) => tag is ['"', .. var inside, '"']
        && int.TryParse(inside.AsSpan(0, inside.IndexOf('-', StringComparison.Ordinal) is >= 0 and var end ? end : inside.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var named)
        && named == revision;

    public static ValueTask<IfMatch> BindAsync(HttpContext http) =>
        ValueTask.FromResult(new IfMatch(http.Request.Headers.IfMatch is { Count: > 0 } sent
            ? sent.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null));
}
