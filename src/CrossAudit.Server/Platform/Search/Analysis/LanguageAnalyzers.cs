using System.Collections.Concurrent;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Bg;
using Lucene.Net.Analysis.Ca;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Cz;
using Lucene.Net.Analysis.Da;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.El;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fa;
using Lucene.Net.Analysis.Fi;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Hi;
using Lucene.Net.Analysis.Hu;
using Lucene.Net.Analysis.It;
using Lucene.Net.Analysis.Nl;
using Lucene.Net.Analysis.No;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ro;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Sv;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball.Ext;
using Lucene.Net.Util;

namespace CrossAudit.Server.Platform.Search.Analysis;

/// <summary>Lucene's stop words and stemmers, a set for each language. A language without one is folded and not stemmed.</summary>
internal static class LanguageAnalyzers
{
    public const string Default = "en";

    private const LuceneVersion Rules = LuceneVersion.LUCENE_48;

    private static readonly ConcurrentDictionary<string, Analyzer> Made = new(StringComparer.Ordinal);

    /// <param name="language">A BCP 47 tag, of which the first part counts; null and <c>und</c> are taken for English.</param>
    public static Analyzer Of(string? language) => Made.GetOrAdd(Key(language), Make);

    /// <summary>The part of a tag that rules how its texts are analyzed.</summary>
    public static string Key(string? language) => language?.Split('-', 2)[0] is { } primary and not "und" ? primary : Default;

    private static Analyzer Make(string language) => language switch
    {
        "en" => Folded(EnglishAnalyzer.DefaultStopSet, words => new PorterStemFilter(words)),
        "de" => Folded(GermanAnalyzer.DefaultStopSet, words => new GermanLightStemFilter(words)),
        "fr" => Folded(FrenchAnalyzer.DefaultStopSet, words => new FrenchLightStemFilter(words)),
        "es" => Folded(SpanishAnalyzer.DefaultStopSet, words => new SpanishLightStemFilter(words)),
        "it" => Folded(ItalianAnalyzer.DefaultStopSet, words => new ItalianLightStemFilter(words)),
        "pt" => Folded(PortugueseAnalyzer.DefaultStopSet, words => new PortugueseLightStemFilter(words)),
        "nl" => Folded(DutchAnalyzer.DefaultStopSet, words => new SnowballFilter(words, new Lucene.Net.Tartarus.Snowball.Ext.DutchStemmer())),
        "sv" => Folded(SwedishAnalyzer.DefaultStopSet, words => new SwedishLightStemFilter(words)),
        "da" => Folded(DanishAnalyzer.DefaultStopSet, words => new SnowballFilter(words, new DanishStemmer())),
        "nb" or "nn" or "no" => Folded(NorwegianAnalyzer.DefaultStopSet, words => new NorwegianLightStemFilter(words)),
        "fi" => Folded(FinnishAnalyzer.DefaultStopSet, words => new FinnishLightStemFilter(words)),
        // Their stemmers go by accents, which go after them.
        "ca" => Stemmed(CatalanAnalyzer.DefaultStopSet, words => new SnowballFilter(words, new CatalanStemmer())),
        "cs" => Stemmed(CzechAnalyzer.DefaultStopSet, words => new CzechStemFilter(words)),
        "hu" => Stemmed(HungarianAnalyzer.DefaultStopSet, words => new HungarianLightStemFilter(words)),
        "ro" => Stemmed(RomanianAnalyzer.DefaultStopSet, words => new SnowballFilter(words, new RomanianStemmer())),
        // Theirs leave stop words out.
        "ar" => new ArabicAnalyzer(Rules),
        "bg" => new BulgarianAnalyzer(Rules),
        "el" => new GreekAnalyzer(Rules),
        "fa" => new PersianAnalyzer(Rules),
        "hi" => new HindiAnalyzer(Rules),
        "ru" => new RussianAnalyzer(Rules),
        "ja" or "ko" or "zh" => new CJKAnalyzer(Rules),
        _ => Folded(CharArraySet.Empty, words => words),
    };

    // "résumé" and "resume" are one word, whichever of them is written.
    private static Analyzer Folded(CharArraySet stopWords, Func<TokenStream, TokenStream> stem)
    {
        var folded = new CharArraySet(Rules, stopWords.Select(Fold), ignoreCase: false);
        return Analyzer.NewAnonymous((_, reader) =>
        {
            var words = new StandardTokenizer(Rules, reader);
            return new TokenStreamComponents(words, stem(new StopWordFilter(new FoldingFilter(new LowerCaseFilter(Rules, words)), folded)));
        });
    }

    private static Analyzer Stemmed(CharArraySet stopWords, Func<TokenStream, TokenStream> stem) => Analyzer.NewAnonymous((_, reader) =>
    {
        var words = new StandardTokenizer(Rules, reader);
        return new TokenStreamComponents(words, new FoldingFilter(stem(new StopWordFilter(new LowerCaseFilter(Rules, words), stopWords))));
    });

    private static string Fold(string word)
    {
        using var words = new FoldingFilter(new KeywordTokenizer(new StringReader(word)));
        var term = words.GetAttribute<Lucene.Net.Analysis.TokenAttributes.ICharTermAttribute>();
        words.Reset();
        return words.IncrementToken() ? term.ToString()! : word;
    }
}
