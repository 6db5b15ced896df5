using System.Runtime.InteropServices;
using CrossAudit.Server.Platform.Search.Analysis;
using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search;

/// <summary>A text, or a title, taken apart into what the index keeps of it. Built outside of any transaction: this is the work.</summary>
internal sealed class IndexedText(IndexPlace place)
{
    private readonly Dictionary<string, PostingRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Passages, long Words)> _languages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Weight, List<int> Positions)> _words = new(StringComparer.Ordinal);

    public IndexPlace Place => place;

    public IReadOnlyDictionary<string, PostingRun> Runs => _runs;

    /// <summary>How much of it is in which language, by what rules the analysis.</summary>
    public IReadOnlyDictionary<string, (long Passages, long Words)> Languages => _languages;

    public static IndexedText OfTitle(IndexPlace place, string title, string? language)
    {
        var text = new IndexedText(place);
        foreach (var token in TextAnalysis.Tokens(title, language))
            text.Count(token.Term, Weights.Title, token.Position);
        text.Flush(Passage.Number(place.Text, 0), 0);
        return text;
    }

    /// <summary>Adds the passage that follows.</summary>
    public void AddPassage(int number, string content, string? headings, string? language)
    {
        var length = 0;
        foreach (var token in TextAnalysis.Tokens(content, language))
        {
            Count(token.Term, Weights.Text, token.Position);
            if (!token.IsStopWord)
                length++;
        }
        if (headings is not null)
            foreach (var token in TextAnalysis.Tokens(headings, language).Where(token => !token.IsStopWord))
                Count(token.Term, Weights.Heading, null);
        Flush(Passage.Number(place.Text, number), length);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_languages, LanguageAnalyzers.Key(language), out _);
        known = (known.Passages + 1, known.Words + length);
    }

    private void Count(string term, int weight, int? position)
    {
        ref var word = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, term, out var known);
        if (!known)
            word.Positions = [];
        word.Weight += weight;
        if (position is { } place)
            word.Positions.Add(place);
    }

    private void Flush(long number, int length)
    {
        foreach (var (term, word) in _words)
        {
            ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, term, out _);
            (run ??= new PostingRun()).Add(new Posting(number, word.Weight, length), CollectionsMarshal.AsSpan(word.Positions));
        }
        _words.Clear();
    }
}
