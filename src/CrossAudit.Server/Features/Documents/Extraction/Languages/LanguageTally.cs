namespace CrossAudit.Server.Features.Documents.Extraction.Languages;

/// <summary>How much of a document is in which language.</summary>
internal sealed class LanguageTally
{
    private readonly Dictionary<string, long> _characters = [];

    /// <summary>The language of most of the text that is long enough to tell; null if none has more than half.</summary>
    public string? Main => _characters.FirstOrDefault(language => language.Value * 2 > _characters.Values.Sum()).Key is { } main && main != TextLanguage.Undetermined ? main : null;

    /// <summary>The language of a piece of the document, which is added to the tally.</summary>
    public string? Count(string text)
    {
        var language = TextLanguage.Of(text);
        if (language is not null)
            _characters[language] = _characters.GetValueOrDefault(language) + text.Length;
        return language;
    }
}
