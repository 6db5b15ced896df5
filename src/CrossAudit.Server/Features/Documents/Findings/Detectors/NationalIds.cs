using System.Globalization;
using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>
/// Numbers by which states know people, each by its form and its check digits. Where these alone would take many a chance number for one, a word that names the number has
/// to stand in the same passage.
/// </summary>
internal static partial class NationalIds
{
    private static readonly IdForm[] Forms =
    [
        new("us_ssn", UsSsn, _ => true),
        new("gb_nino", GbNino, id => id[..2] is not ("BG" or "GB" or "NK" or "KN" or "TN" or "NT" or "ZZ")),
        new("de_tax_id", DeTaxId, id => HasOneDigitRepeated(id) && Checksums.Mod11And10(id), ["steuer", "idnr", "tax id", "tin"]),
        new("fr_nir", FrNir, IsFrench),
        new("es_dni", EsDni, IsSpanish),
        new("it_fiscal_code", ItFiscalCode, IsItalian),
        new("nl_bsn", NlBsn, id => (Checksums.Weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11) == 0, ["bsn", "burgerservice", "sofi"]),
        new("be_national_number", BeNumber, IsBelgian),
        new("pl_pesel", PlPesel, id => (Checksums.Weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10) == 0, ["pesel"]),
        new("se_personal_number", SePersonalNumber, id => Checksums.Luhn(id.AsSpan(id.Length - 10))),
        new("fi_personal_code", FiPersonalCode, IsFinnish),
        new("ch_ahv", ChAhv, id => (Checksums.Weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10) == 0),
        new("br_cpf", BrCpf, IsBrazilian),
        new("in_aadhaar", InAadhaar, id => Checksums.Verhoeff(id), ["aadhaar", "uidai", "आधार"]),
        new("cn_resident_id", CnResidentId, id => Checksums.Mod11And2(id)),
    ];

    public static void Find(string text, List<Detection> found)
    {
        foreach (var form in Forms)
            foreach (var match in form.Pattern.EnumerateMatches(text))
                if (form.IsValid(Bare(text.AsSpan(match.Index, match.Length))) && form.IsNamedIn(text))
                    found.Add(new Detection(FindingKind.NationalId, form.Type, match.Index, match.Length));
    }

    private static string Bare(ReadOnlySpan<char> id)
    {
        Span<char> bare = stackalloc char[id.Length];
        var length = 0;
        foreach (var character in id)
            if (char.IsAsciiLetterOrDigit(character))
                bare[length++] = character;
        return bare[..length].ToString();
    }

    // In the first ten digits one stands twice or three times, and all others at most once.
    private static bool HasOneDigitRepeated(string id) => id[..10].GroupBy(digit => digit).Where(group => group.Count() > 1).Select(group => group.Count()).ToArray() is [2 or 3];

    // Of Corsica, 2A counts as 19 and 2B as 18.
    private static bool IsFrench(string id) =>
        97 - (long.Parse(id[..13].Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal), CultureInfo.InvariantCulture) % 97) == int.Parse(id.AsSpan(13), CultureInfo.InvariantCulture);

    private static bool IsSpanish(string id)
    {
        var number = id[0] is >= 'X' and <= 'Z' ? (id[0] - 'X').ToString(CultureInfo.InvariantCulture) + id[1..8] : id[..8];
        return "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse(number, CultureInfo.InvariantCulture) % 23] == id[^1];
    }

    private static bool IsItalian(string id)
    {
        const string Odd = "BAFHJNPRTVCESULDGIMOQKWZYX";
        static int Rank(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A';
        var sum = 0;
        for (var i = 0; i < 15; i++)
            sum += i % 2 == 0 ? Odd[Rank(id[i])] - 'A' : Rank(id[i]);
        return id[15] == 'A' + (sum % 26);
    }

    // Born from 2000 on, a 2 goes before.
    private static bool IsBelgian(string id)
    {
        var (number, check) = (long.Parse(id.AsSpan(0, 9), CultureInfo.InvariantCulture), int.Parse(id.AsSpan(9), CultureInfo.InvariantCulture));
        return 97 - (number % 97) == check || 97 - ((2_000_000_000 + number) % 97) == check;
    }

    private static bool IsFinnish(string id)
    {
        // What was between date and number is a letter, or gone with the other marks.
        var digits = string.Concat(id.AsSpan(0, 6), id.AsSpan(id.Length - 4, 3));
        return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31] == id[^1];
    }

    private static bool IsBrazilian(string id)
    {
        static int Check(int sum) => sum * 10 % 11 % 10;
        return Check(Checksums.Weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2])) == id[9] - '0' && Check(Checksums.Weighted(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])) == id[10] - '0' && id.Distinct().Skip(1).Any();
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\p{L}\p{N}-])", RegexOptions.CultureInvariant)]
    private static partial Regex UsSsn { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex GbNino { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex DeTaxId { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex FrNir { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex EsDni { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex ItFiscalCode { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\d{4}[. ]?\d{2}[. ]?\d{3}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex NlBsn { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\d{2}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])-\d{3}\.\d{2}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex BeNumber { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\d{2}[0-3]\d(?:0[1-9]|[12]\d|3[01])\d{5}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex PlPesel { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex SePersonalNumber { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex FiPersonalCode { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex ChAhv { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex BrCpf { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[2-9]\d{3} ?\d{4} ?\d{4}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex InAadhaar { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex CnResidentId { get; }

    private sealed record IdForm(string Type, Regex Pattern, Func<string, bool> IsValid, params string[] Names)
    {
        public bool IsNamedIn(string text) => Names.Length == 0 || Names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
