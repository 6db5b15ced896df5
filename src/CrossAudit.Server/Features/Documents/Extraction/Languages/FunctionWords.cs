using System.Reflection;

namespace CrossAudit.Server.Features.Documents.Extraction.Languages;

/// <summary>
/// Tells languages that share a script by their small words: "und", "the", "que". A word that several languages have
/// counts for each of them, the less the more they are.
/// </summary>
internal static class FunctionWords
{
    private const string Resource = "function-words.txt";

    private static readonly (string[] Languages, Dictionary<string, int[]> Words) Table = Read();

    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Table.Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IReadOnlyList<string> Languages => Table.Languages;

    /// <summary>Adds what a word says to each language's score, and counts it. The word is in small letters.</summary>
    public static void Score(ReadOnlySpan<char> word, Span<double> scores, Span<int> hits)
    {
        if (!Lookup.TryGetValue(word, out var languages))
            return;
        foreach (var language in languages)
        {
            scores[language] += 1.0 / languages.Length;
            hits[language]++;
        }
    }

    private static (string[], Dictionary<string, int[]>) Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(resource);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var words = lines.SelectMany((line, language) => line.Skip(1).Distinct().Select(word => (word, language)))
            .GroupBy(entry => entry.word, entry => entry.language)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        return ([.. lines.Select(line => line[0])], words);
    }
}
