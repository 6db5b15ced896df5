namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>The check digits by which a number is told from a chance row of digits. All take ASCII digits alone, unless they say otherwise.</summary>
internal static class Checksums
{
    private static readonly byte[,] VerhoeffProducts =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 2, 3, 4, 0, 6, 7, 8, 9, 5 }, { 2, 3, 4, 0, 1, 7, 8, 9, 5, 6 }, { 3, 4, 0, 1, 2, 8, 9, 5, 6, 7 }, { 4, 0, 1, 2, 3, 9, 5, 6, 7, 8 },
        { 5, 9, 8, 7, 6, 0, 4, 3, 2, 1 }, { 6, 5, 9, 8, 7, 1, 0, 4, 3, 2 }, { 7, 6, 5, 9, 8, 2, 1, 0, 4, 3 }, { 8, 7, 6, 5, 9, 3, 2, 1, 0, 4 }, { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 },
    };

    private static readonly byte[,] VerhoeffPermutations =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 5, 7, 6, 2, 8, 3, 0, 9, 4 }, { 5, 8, 0, 3, 7, 9, 6, 1, 4, 2 }, { 8, 9, 1, 6, 0, 4, 3, 5, 2, 7 },
        { 9, 4, 5, 3, 1, 2, 6, 8, 7, 0 }, { 4, 2, 8, 6, 5, 7, 3, 9, 0, 1 }, { 2, 7, 9, 3, 8, 0, 6, 4, 1, 5 }, { 7, 0, 4, 6, 9, 1, 3, 2, 5, 8 },
    };

    /// <summary>The Luhn algorithm (ISO/IEC 7812-1, annex B).</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>The remainder by 97 of digits and letters, where A is 10 and Z is 35 (ISO 7064, MOD 97-10).</summary>
    public static int Modulo97(ReadOnlySpan<char> characters)
    {
        var remainder = 0;
        foreach (var character in characters)
            remainder = char.IsAsciiDigit(character) ? ((remainder * 10) + character - '0') % 97 : ((remainder * 100) + character - 'A' + 10) % 97;
        return remainder;
    }

    /// <summary>ISO 7064, MOD 11,10: the last digit is the check digit.</summary>
    public static bool Mod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (product + digits[^1] - '0') % 10 == 1;
    }

    /// <summary>ISO 7064, MOD 11-2: the last character is a digit, or X for ten.</summary>
    public static bool Mod11And2(ReadOnlySpan<char> characters)
    {
        var product = 0;
        foreach (var digit in characters[..^1])
            product = (product + digit - '0') * 2 % 11;
        return (product + (characters[^1] is 'X' ? 10 : characters[^1] - '0')) % 11 == 1;
    }

    /// <summary>The sum of digits, each times its weight.</summary>
    public static int Weighted(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }

    /// <summary>The Verhoeff algorithm.</summary>
    public static bool Verhoeff(ReadOnlySpan<char> digits)
    {
        byte check = 0;
        for (var i = 0; i < digits.Length; i++)
            check = VerhoeffProducts[check, VerhoeffPermutations[i % 8, digits[^(i + 1)] - '0']];
        return check == 0;
    }
}
