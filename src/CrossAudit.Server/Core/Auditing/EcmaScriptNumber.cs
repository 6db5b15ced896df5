using System.Globalization;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>Numbers as ECMAScript's Number::toString prints them, which RFC 8785 (section 3.2.2.3) asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The shortest digits that read back as the same double, laid out as ECMAScript does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: JSON has no such number.</exception>
    public static string Format(double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentOutOfRangeException(nameof(number), number, "JSON has finite numbers only.");
        if (number == 0)
            return "0";
        var (digits, exponent) = Split(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        return (number < 0 ? "-" : "") + Layout(digits, exponent);
    }

    // value = 0.d1d2d3… × 10^exponent
    private static (string Digits, int Exponent) Split(string shortest)
    {
        var mantissa = shortest.Split('E')[0];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var exponent = (point < 0 ? mantissa.Length : point) + (shortest.Contains('E', StringComparison.Ordinal) ? int.Parse(shortest.Split('E')[1], CultureInfo.InvariantCulture) : 0);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0') is { Length: > 0 } significant ? significant : "0", exponent - leading);
    }

    private static string Layout(string digits, int exponent) => exponent switch
    {
        > 0 and <= 21 when digits.Length <= exponent => digits.PadRight(exponent, '0'),
        > 0 and <= 21 => $"{digits[..exponent]}.{digits[exponent..]}",
        > -6 and <= 0 => "0." + new string('0', -exponent) + digits,
        _ => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent - 1).ToString(CultureInfo.InvariantCulture)}",
    };
}
