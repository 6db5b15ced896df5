using System.Text;

namespace CrossAudit.Server.Platform.Data.FullText;

/// <summary>Words that stand together: one, or a phrase.</summary>
internal sealed record TextTerm(IReadOnlyList<string> Words)
{
    public override string ToString() => string.Join(' ', Words);
}

/// <summary>
/// What is searched for. Any text is a query: quotes make a phrase (an unclosed one ends with the text), a leading <c>-</c> excludes, and all
/// else is words; punctuation only parts them.
/// </summary>
/// <param name="All">Whether a match holds all of the wanted terms, or any.</param>
internal sealed record TextQuery(IReadOnlyList<TextTerm> Wanted, IReadOnlyList<TextTerm> Excluded, bool All)
{
    private const int MostTerms = 32;

    public static TextQuery Parse(string text, bool all)
    {
        List<TextTerm> wanted = [], excluded = [];
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
            var words = Words(text[i..end]);
            i = end;
            if (words.Count > 0 && wanted.Count + excluded.Count < MostTerms)
                (minus ? excluded : wanted).Add(new TextTerm(words));
        }
        return new TextQuery(wanted, excluded, all);
    }

    private static int EndOfPhrase(string text, int start) => text.IndexOf('"', start + 1) is var end and >= 0 ? end + 1 : text.Length;

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && (end == start || text[end] != '"'))
            end++;
        return end;
    }

    // "don't" and "2019-2020" are phrases of their parts, as both engines' own tokenizers see them in the text.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
                word.Append(rune.ToString());
            else
                Flush(words, word);
        }
        Flush(words, word);
        return words;
    }

    private static void Flush(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
