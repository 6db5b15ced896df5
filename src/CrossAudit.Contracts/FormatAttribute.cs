using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts;

/// <summary>A rule for text of a certain form; what is absent or null passes.</summary>
/// <param name="what">What it takes, for the answer to a caller who sent something else.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public abstract class FormatAttribute(string what) : ValidationAttribute
{
    /// <summary>Whether the text has the form.</summary>
    /// <param name="text">What was sent.</param>
    protected abstract bool Matches(string text);

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var sent = value is IOptional optional ? optional.Value : value;
        return sent switch
        {
            string text when !Matches(text) => new ValidationResult($"It takes {what}.", [validationContext.MemberName ?? ""]),
            IEnumerable<string?> texts when texts.Any(text => text is null || !Matches(text)) => new ValidationResult($"Each of them takes {what}.", [validationContext.MemberName ?? ""]),
            _ => ValidationResult.Success,
        };
    }
}

/// <summary>An e-mail address: see <see cref="EmailAddress"/>.</summary>
public sealed class EmailAttribute() : FormatAttribute("an e-mail address, such as ada@example.com, and nothing around it")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => EmailAddress.TryNormalize(text, out _);
}

/// <summary>An address of the web that a browser may follow: http or https, and nothing else such as <c>javascript:</c>.</summary>
public sealed class HttpUrlAttribute() : FormatAttribute("a web address that begins with http:// or https://")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 && !text.Any(char.IsControl);
}

/// <summary>A domain name, in any script, such as <c>example.com</c>.</summary>
public sealed class DomainNameAttribute() : FormatAttribute("a domain name, such as example.com")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => !text.Contains('@', StringComparison.Ordinal) && EmailAddress.DomainOf(text) is not null;
}

/// <summary>A time zone by its IANA name, such as <c>Europe/Berlin</c>.</summary>
public sealed class TimeZoneNameAttribute() : FormatAttribute("an IANA time zone, such as Europe/Berlin")
{
    /// <inheritdoc/>
    protected override bool Matches(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || "/_+-".Contains(c, StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId;
}
