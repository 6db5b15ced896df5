using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>E-mail addresses as people write them: letters of any script, no quoted local parts (RFC 5321, section 4.1.2, RFC 6531).</summary>
internal static class EmailAddresses
{
    private const int MostLocal = 64;
    private const int MostDomain = 253;

    public static void Find(string text, List<Detection> found)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && at - start < MostLocal && IsLocal(text[start - 1]))
                start--;
            while (start < at && text[start] == '.')
                start++;
            var end = EndOfDomain(text, at + 1);
            if (start < at && end > 0 && text[at - 1] != '.')
                found.Add(new Detection(FindingKind.Email, null, start, end - start));
        }
    }

    // A dot inside, and two letters at least behind the last; a full stop that ends the sentence is not part of it.
    private static int EndOfDomain(string text, int from)
    {
        var end = from;
        while (end < text.Length && end - from < MostDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.'))
            end++;
        while (end > from && text[end - 1] is '.' or '-')
            end--;
        var domain = text.AsSpan(from, end - from);
        var dot = domain.LastIndexOf('.');
        var top = domain[(dot + 1)..];
        return dot > 0 && top.Length >= 2 && !top.ContainsAnyInRange('0', '9') && domain.IndexOf("..", StringComparison.Ordinal) < 0 && domain[0] is not '-' and not '.' ? end : 0;
    }

    private static bool IsLocal(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '%' or '+' or '-' or '\'';
}
