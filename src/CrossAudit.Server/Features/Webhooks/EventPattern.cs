namespace CrossAudit.Server.Features.Webhooks;

/// <summary>What a webhook subscribes to: one action, all of a resource (<c>document.*</c>), or all (<c>*</c>).</summary>
internal static class EventPattern
{
    private const string All = "*";

    public static bool Covers(string pattern, string action) => pattern == All
        || string.Equals(pattern, action, StringComparison.Ordinal)
        || (Resource(pattern) is { } resource && action.StartsWith(resource, StringComparison.Ordinal));

    /// <summary>Whether it can ever match one of the actions that there are: a misspelt subscription is refused, not silent for ever.</summary>
    public static bool IsKnown(string pattern, IEnumerable<string> actions) => actions.Any(action => Covers(pattern, action));

    // With its dot: document.* is not documents.read.
    private static string? Resource(string pattern) => pattern is [not '.', .., '.', '*'] ? pattern[..^1] : null;
}
