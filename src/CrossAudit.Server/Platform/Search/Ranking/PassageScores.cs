using System.Runtime.InteropServices;
using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>Sums up what each of at most 32 words of a query gives each passage, one segment after the other: what a segment's passages need stays near.</summary>
internal sealed class PassageScores(IReadOnlyList<TermMatches> wanted, IReadOnlyList<TermMatches> excluded, bool all, Bm25 model)
{
    private readonly Dictionary<long, Sum> _sums = [];
    private readonly double[] _rarities = [.. wanted.Select(word => model.Rarity(word.Frequency))];
    private readonly uint _needed = all ? uint.MaxValue >> 32 - wanted.Count : 0;

    /// <summary>Adds the passages of a segment that the query matches to those found before.</summary>
    public void Collect(int segment, List<RankedPassage> found)
    {
        _sums.Clear();
        for (var word = 0; word < wanted.Count; word++)
            Add(word, wanted[word].In(segment));
        AddTitles(segment);
        foreach (var word in excluded)
            Exclude(word.In(segment));
        foreach (var (number, sum) in _sums)
            if ((sum.Words & _needed) == _needed)
                found.Add(new RankedPassage(number, sum.Score));
    }

    private void Add(int word, SegmentMatches matches)
    {
        foreach (var posting in matches.Postings)
            Add(word, matches, posting);
        if (matches.Block is not { } block)
            return;
        var reader = new PostingReader(block.Entries, []);
        while (reader.Read())
            Add(word, matches, reader.Current);
    }

    private void Add(int word, SegmentMatches matches, Posting posting)
    {
        var weight = model.Normal((double)posting.Weight / Weights.Text, posting.Length);
        if (matches.Titles.Count > 0)
            weight += (double)matches.Titles.GetValueOrDefault(Passage.Text(posting.Number)) / Weights.Text;
        Add(posting.Number, word, weight);
    }

    private void Add(long number, int word, double weight)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, number, out _);
        sum = new Sum(sum.Score + Bm25.Score(_rarities[word], weight), sum.Words | 1u << word);
    }

    // What titles alone give goes to the passages of such texts that lack the word and hold another one, and where there is none, to the first.
    private void AddTitles(int segment)
    {
        var texts = wanted.SelectMany(word => word.In(segment).Titles.Keys).ToHashSet();
        if (texts.Count == 0)
            return;
        var numbers = _sums.Keys.Where(number => texts.Contains(Passage.Text(number))).ToList();
        numbers.AddRange(texts.Except(numbers.Select(Passage.Text)).Select(text => Passage.Number(text, 1)));
        for (var word = 0; word < wanted.Count; word++)
            foreach (var number in numbers)
                if (wanted[word].In(segment).Titles.TryGetValue(Passage.Text(number), out var weight) && (_sums.GetValueOrDefault(number).Words & 1u << word) == 0)
                    Add(number, word, (double)weight / Weights.Text);
    }

    private void Exclude(SegmentMatches matches)
    {
        foreach (var posting in matches.Postings)
            _sums.Remove(posting.Number);
        if (matches.Block is not { } block)
            return;
        var reader = new PostingReader(block.Entries, []);
        while (reader.Read())
            _sums.Remove(reader.Current.Number);
    }

    private readonly record struct Sum(double Score, uint Words);
}
