using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings;

/// <summary>What is shown of a value that was found: enough to recognize it by, too little to use it.</summary>
internal static class Masking
{
    private const int MostCharacters = 40;

    public static string Mask(FindingKind kind, ReadOnlySpan<char> value)
    {
        if (kind == FindingKind.Email)
        {
            var at = value.LastIndexOf('@');
            return Short($"{value[0]}…{value[at..]}");
        }
        var (first, last) = kind switch
        {
            FindingKind.Secret => (4, 0),
            FindingKind.Iban => (2, 4),
            FindingKind.PaymentCard => (0, 4),
            _ => (0, 2),
        };
        var masked = value[..Math.Min(value.Length, MostCharacters)].ToArray();
        for (var i = masked.Length - 1; i >= first; i--)
            if (char.IsLetterOrDigit(masked[i]) && --last < 0)
                masked[i] = '•';
        return new string(masked);
    }

    private static string Short(string text) => text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…";
}
