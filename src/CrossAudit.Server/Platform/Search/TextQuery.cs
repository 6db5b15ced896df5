namespace CrossAudit.Server.Platform.Search;

/// <summary>
/// What is searched for. Any text is a query: quotes make a phrase (an unclosed one ends with the text), a leading <c>-</c> excludes, and all
/// else is words; punctuation only parts them.
/// </summary>
/// <param name="Wanted">Words and phrases, each as it was written.</param>
/// <param name="Excluded">Those that no match may hold.</param>
/// <param name="All">Whether a match holds all that is wanted, or any of it.</param>
internal sealed record TextQuery(IReadOnlyList<string> Wanted, IReadOnlyList<string> Excluded, bool All)
{
    private const int MostTerms = 32;

    public static TextQuery Parse(string text, bool all)
    {
        List<string> wanted = [], excluded = [];
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var minus = text[i] == '-' && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]);
            if (minus)
                i++;
            var end = text[i] == '"' ? EndOfPhrase(text, i) : EndOfWord(text, i);
            var term = text[i..end].Trim('"');
            i = end;
            if (term.Any(char.IsLetterOrDigit) || term.Any(char.IsSurrogate))
                (minus ? excluded : wanted).Add(term);
        }
        return new TextQuery([.. wanted.Distinct(StringComparer.Ordinal).Take(MostTerms)], [.. excluded.Distinct(StringComparer.Ordinal).Take(MostTerms)], all);
    }

    private static int EndOfPhrase(string text, int start) => text.IndexOf('"', start + 1) is var end and >= 0 ? end + 1 : text.Length;

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && (end == start || text[end] != '"'))
            end++;
        return end;
    }
}
