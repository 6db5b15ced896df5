namespace CrossAudit.Server.Features.Documents.Extraction.Languages;

/// <summary>
/// The language of a text as a BCP 47 tag. Where a language has a script to itself the letters tell; where it shares one,
/// its small words do.
/// </summary>
/// <remarks>
/// The library at hand compares n-grams of 75 languages: better on a few words, but with 70 MB of models, and at
/// milliseconds a paragraph it would take longer than all the rest of the extraction.
/// </remarks>
internal static class TextLanguage
{
    /// <summary>BCP 47's tag for a language that could not be told.</summary>
    public const string Undetermined = "und";

    /// <summary>Enough is enough: what comes later in a passage is hardly in another language.</summary>
    private const int MaxWords = 300;

    /// <summary>From so many words on, a text without the small words of any known language is in an unknown one.</summary>
    private const int ManyWords = 25;

    /// <summary>One small word may be a name, or a word of another language.</summary>
    private const int MinHits = 2;

    /// <summary>A word of the best language alone, or several that it shares.</summary>
    private const double MinScore = 0.9;

    /// <summary>The best language's share in the words, which in running text is a third to a half.</summary>
    private const double MinShare = 0.1;

    /// <summary>How far the best is ahead of the second; neighbours such as Danish and Norwegian share most words.</summary>
    private const double MinLead = 1.15;

    /// <summary>Null if the text is too short to tell.</summary>
    public static string? Of(string text)
    {
        var letters = new ScriptCount(text);
        if (letters.Main is not { } script)
            return letters.Unknown > ManyWords ? Undetermined : null;
        return letters.IsJapanese ? Script.Kana.Language : script.Language ?? ByWords(text);
    }

    private static string? ByWords(string text)
    {
        Span<double> scores = stackalloc double[FunctionWords.Languages.Count];
        Span<int> hits = stackalloc int[scores.Length];
        scores.Clear();
        hits.Clear();
        var words = Score(text, scores, hits);

        var (best, second) = (0, -1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                (best, second) = (i, best);
            else if (second < 0 || scores[i] > scores[second])
                second = i;
        }

        if (hits[best] >= MinHits && scores[best] >= MinScore && scores[best] >= words * MinShare && scores[best] >= scores[second] * MinLead)
            return FunctionWords.Languages[best];
        return words >= ManyWords ? Undetermined : null;
    }

    private static int Score(ReadOnlySpan<char> text, Span<double> scores, Span<int> hits)
    {
        Span<char> word = stackalloc char[24];
        var words = 0;
        for (var i = 0; i < text.Length && words < MaxWords; i++)
        {
            var length = WordLength(text[i..]);
            if (length == 0)
                continue;
            words++;
            if (length <= word.Length)
            {
                text.Slice(i, length).ToLowerInvariant(word);
                FunctionWords.Score(word[..length], scores, hits);
            }

            i += length;
        }

        return words;
    }

    /// <summary>Marks that belong to letters are part of a word, as in Hindi.</summary>
    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetter(text[length]) || char.GetUnicodeCategory(text[length])
            is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            length++;
        return length;
    }
}
