using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>Bank account numbers by ISO 13616: the length of their country in the SWIFT registry, and the checksum.</summary>
internal static partial class BankAccounts
{
    private const int LongestIban = 34;

    private static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 " +
        "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 " +
        "SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));

    public static void Find(string text, List<Detection> found)
    {
        Span<char> account = stackalloc char[LongestIban];
        foreach (var match in Beginnings.EnumerateMatches(text))
            if (Lengths.TryGetValue(text.Substring(match.Index, 2), out var length) && Take(text, match.Index, account[..length]) is var end and > 0 && IsValid(account[..length]))
                found.Add(new Detection(FindingKind.Iban, null, match.Index, end - match.Index));
    }

    // Letters and digits, with single spaces between them; what goes on behind it is something else.
    private static int Take(string text, int at, Span<char> account)
    {
        for (var taken = 0; taken < account.Length; at++)
        {
            if (at == text.Length)
                return 0;
            if (char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at]))
                account[taken++] = text[at];
            else if (text[at] is not (' ' or '\u00A0') || text[at - 1] is ' ' or '\u00A0')
                return 0;
        }
        return at < text.Length && char.IsLetterOrDigit(text[at]) ? 0 : at;
    }

    private static bool IsValid(ReadOnlySpan<char> account)
    {
        Span<char> moved = stackalloc char[LongestIban];
        account[4..].CopyTo(moved);
        account[..4].CopyTo(moved[(account.Length - 4)..]);
        return Checksums.Modulo97(moved[..account.Length]) == 1;
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?=[ \u00A0]?[A-Z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Beginnings { get; }
}
