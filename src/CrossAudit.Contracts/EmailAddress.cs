using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CrossAudit.Contracts;

/// <summary>
/// What is taken for an e-mail address: <c>local@domain</c> and nothing around it (RFC 5321, section 4.1.2, without quoted local parts and address
/// literals), in any script (RFC 6531). Names, comments and blanks, which mail programs would understand, are refused: what is checked must be what is mailed.
/// </summary>
public static class EmailAddress
{
    private const int LongestLocal = 64;
    private const int Longest = 254;
    private const string LocalPunctuation = "!#$%&'*+/=?^_`{|}~-.";

    /// <summary>
    /// Brings addresses of the same mailbox to the same form: without blanks around, compatibility characters replaced (NFKC), upper case, the domain as
    /// it stands in the DNS (IDNA). For comparing, not for mailing.
    /// </summary>
    /// <returns>False if it is no address.</returns>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? normalized)
    {
        normalized = null;
        if (text is null || text.Length > Longest || !TryCompose(text.Trim(), out var composed))
            return false;
        var at = composed.LastIndexOf('@');
        if (at < 1 || !IsLocal(composed[..at]) || !TryAsciiDomain(composed[(at + 1)..], out var domain))
            return false;
        normalized = $"{composed[..at]}@{domain}".ToUpperInvariant();
        return normalized.Length <= Longest;
    }

    /// <summary>The domain of a normalized address, or a domain by itself, as it stands in the DNS, in lower case; null if it is none.</summary>
    /// <param name="text">An address or a domain.</param>
    public static string? DomainOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryCompose(text[(text.LastIndexOf('@') + 1)..].Trim(), out var composed) && TryAsciiDomain(composed, out var domain) ? domain.ToLowerInvariant() : null;
    }

    private static bool TryCompose(string text, out string composed)
    {
        composed = "";
        try
        {
            composed = text.Normalize(NormalizationForm.FormKC);
            return true;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair.
            return false;
        }
    }

    private static bool IsLocal(string local) =>
        local.Length <= LongestLocal && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || LocalPunctuation.Contains(rune.ToString(), StringComparison.Ordinal)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool TryAsciiDomain(string domain, out string ascii)
    {
        ascii = "";
        try
        {
            ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
            return !ascii.EndsWith('.');
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
