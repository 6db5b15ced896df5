using System.Buffers;
using System.Collections.Frozen;
using CrossAudit.Contracts.Documents;
using PhoneNumbers;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>
/// Telephone numbers by the numbering plans of libphonenumber: international ones of every country, and national ones of the country that the text's language
/// suggests, written in that country's groups, so that not every figure is a telephone.
/// </summary>
internal static class PhoneNumbersInText
{
    private const int MostTries = 100;

    // A bare row of digits is more often something else.
    private static readonly SearchValues<char> Separators = SearchValues.Create(" -()/.");

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    // The country with most of a language's speakers, among those whose numbers have a form of their own.
    private static readonly FrozenDictionary<string, string> Countries = new Dictionary<string, string>
    {
        ["en"] = "US",
        ["de"] = "DE",
        ["fr"] = "FR",
        ["es"] = "ES",
        ["it"] = "IT",
        ["nl"] = "NL",
        ["pt"] = "BR",
        ["pl"] = "PL",
        ["sv"] = "SE",
        ["da"] = "DK",
        ["nb"] = "NO",
        ["fi"] = "FI",
        ["ja"] = "JP",
    }.ToFrozenDictionary();

    public static void Find(string text, string? language, List<Detection> found)
    {
        var country = language is null ? "ZZ" : Countries.GetValueOrDefault(language, "ZZ");
        foreach (var match in Plans.FindNumbers(text, country, PhoneNumberUtil.Leniency.STRICT_GROUPING, MostTries))
            if (match.RawString.Contains('+', StringComparison.Ordinal) || match.RawString.AsSpan().ContainsAny(Separators))
                found.Add(new Detection(FindingKind.Phone, Plans.GetRegionCodeForNumber(match.Number)?.ToLowerInvariant(), match.Start, match.Length));
    }
}
