using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search.Ranking;

/// <summary>Finds words that stand together.</summary>
internal static class Phrase
{
    /// <param name="reading">The words; one alone is found wherever it is.</param>
    /// <param name="block">Where each of them stands in the segment.</param>
    /// <param name="weight">What each time counts that a phrase stands in a passage. A word alone counts what is stored.</param>
    public static IEnumerable<Posting> Find(Reading reading, Func<string, StoredBlock?> block, int weight)
    {
        var blocks = reading.Terms.Select(block).ToList();
        if (blocks.Contains(null))
            return [];
        if (!reading.IsPhrase)
            return Read(blocks[0]!).Values.Select(occurrence => occurrence.Posting);
        var found = Read(blocks[0]!);
        for (var i = 1; i < blocks.Count && found.Count > 0; i++)
            Keep(found, Read(blocks[i]!), reading.Positions[i]);
        return found.Values.Select(occurrence => occurrence.Posting with { Weight = occurrence.Starts.Length * weight });
    }

    private static void Keep(Dictionary<long, (Posting Posting, int[] Starts)> found, Dictionary<long, (Posting Posting, int[] Starts)> next, int distance)
    {
        foreach (var (number, (posting, starts)) in found)
        {
            var stays = next.TryGetValue(number, out var other) ? Array.FindAll(starts, start => Array.BinarySearch(other.Starts, start + distance) >= 0) : [];
            if (stays.Length == 0)
                found.Remove(number);
            else
                found[number] = (posting, stays);
        }
    }

    private static Dictionary<long, (Posting Posting, int[] Starts)> Read(StoredBlock block)
    {
        var occurrences = new Dictionary<long, (Posting, int[])>(block.Passages);
        var reader = new PostingReader(block.Entries, block.Positions);
        while (reader.Read())
            occurrences[reader.Current.Number] = (reader.Current, block.Positions.Length == 0 ? [] : reader.ReadPositions());
        return occurrences;
    }
}
