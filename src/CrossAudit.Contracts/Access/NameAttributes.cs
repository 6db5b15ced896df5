using System.Text.RegularExpressions;

namespace CrossAudit.Contracts.Access;

/// <summary>A name that can stand in a URL and in a log line as it is.</summary>
public sealed partial class SlugAttribute() : FormatAttribute("lower-case letters, digits, _ and -, beginning with a letter")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^[a-z][a-z0-9_-]*\z")]
    private static partial Regex Form();
}

/// <summary>The name of one permission, such as <c>reports.publish</c>; a wildcard is none.</summary>
public sealed partial class PermissionNameAttribute() : FormatAttribute("resource.action, each of lower-case letters, digits and _, such as reports.publish")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\z")]
    private static partial Regex Form();
}
