using CrossAudit.Server.Platform.Search.Analysis;

namespace CrossAudit.Server.Platform.Search;

/// <summary>One word or phrase of a query.</summary>
/// <param name="Readings">It in the words of the index: one for each language that reads it differently.</param>
internal sealed record QueryTerm(IReadOnlyList<Reading> Readings)
{
    /// <summary>Reads a word or phrase in each of the languages, for nobody says in which one it is.</summary>
    /// <returns>Null if it is a stop word, or holds no letters: then there is nothing to look for.</returns>
    public static QueryTerm? Read(string text, IEnumerable<string> languages)
    {
        var readings = new List<Reading>();
        foreach (var language in languages)
        {
            var tokens = TextAnalysis.Tokens(text, language).ToList();
            if (tokens is [] or [{ IsStopWord: true }])
                continue;
            var reading = new Reading([.. tokens.Select(token => token.Term)], [.. tokens.Select(token => token.Position - tokens[0].Position)]);
            if (!readings.Exists(known => known.Terms.SequenceEqual(reading.Terms) && known.Positions.SequenceEqual(reading.Positions)))
                readings.Add(reading);
        }
        return readings.Count == 0 ? null : new QueryTerm(readings);
    }
}

/// <summary>Words that stand together: one, or a phrase.</summary>
/// <param name="Terms">The words as they are indexed.</param>
/// <param name="Positions">How far each of them stands behind the first.</param>
internal sealed record Reading(string[] Terms, int[] Positions)
{
    public bool IsPhrase => Terms.Length > 1;
}
