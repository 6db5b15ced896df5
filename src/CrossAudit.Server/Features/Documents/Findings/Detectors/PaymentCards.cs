using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>Payment card numbers: the issuer's first digits and length, and the check digit.</summary>
internal static partial class PaymentCards
{
    private const int Longest = 19;

    public static void Find(string text, List<Detection> found)
    {
        Span<char> digits = stackalloc char[Longest];
        foreach (var match in Candidates.EnumerateMatches(text))
        {
            var count = 0;
            foreach (var character in text.AsSpan(match.Index, match.Length))
                if (char.IsAsciiDigit(character))
                    digits[count++] = character;
            if (Brand(digits[..count]) is { } brand && Checksums.Luhn(digits[..count]))
                found.Add(new Detection(FindingKind.PaymentCard, brand, match.Index, match.Length));
        }
    }

    private static string? Brand(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        return (four, digits.Length) switch
        {
            ( >= 4000 and < 5000, 13 or 16 or 19) => "visa",
            ( >= 5100 and < 5600, 16) or ( >= 2221 and <= 2720, 16) => "mastercard",
            ( >= 3400 and < 3500, 15) or ( >= 3700 and < 3800, 15) => "american_express",
            (6011, 16 or 19) or ( >= 6440 and < 6600, 16 or 19) => "discover",
            ( >= 3528 and < 3590, >= 16 and <= 19) => "jcb",
            ( >= 3000 and < 3060, 14) or ( >= 3600 and < 3700, 14) or ( >= 3800 and < 4000, 14) => "diners_club",
            ( >= 6200 and < 6300, >= 16 and <= 19) => "unionpay",
            _ => null,
        };
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}+.,/-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\p{L}\p{N}]|[.,/-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Candidates { get; }
}
