namespace CrossAudit.Server.Platform.Search;

/// <summary>A query in the words of the index.</summary>
internal sealed class AnalyzedQuery(TextQuery query, IReadOnlyCollection<string> languages)
{
    public IReadOnlyList<QueryTerm> Wanted { get; } = Read(query.Wanted, languages);

    public IReadOnlyList<QueryTerm> Excluded { get; } = Read(query.Excluded, languages);

    /// <summary>Whether a match holds all that is wanted, or any of it.</summary>
    public bool All => query.All;

    private IEnumerable<Reading> Readings => Wanted.Concat(Excluded).SelectMany(term => term.Readings);

    /// <summary>The words of phrases, whose positions are needed.</summary>
    public List<string> PhraseTerms => [.. Readings.Where(reading => reading.IsPhrase).SelectMany(reading => reading.Terms).Distinct()];

    /// <summary>The words that stand alone, and in no phrase besides.</summary>
    public List<string> SingleTerms => [.. Readings.Where(reading => !reading.IsPhrase).SelectMany(reading => reading.Terms).Distinct().Except(PhraseTerms)];

    private static List<QueryTerm> Read(IEnumerable<string> texts, IReadOnlyCollection<string> languages) =>
        [.. texts.Select(text => QueryTerm.Read(text, languages)).OfType<QueryTerm>()];
}
