using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;

namespace CrossAudit.Server.Platform.Search.Analysis;

/// <summary>Marks stop words, and keeps stemmers from them. To leave them out would make "audit of risk" the same phrase as "audit and risk".</summary>
internal sealed class StopWordFilter : TokenFilter
{
    private readonly CharArraySet _stopWords;
    private readonly ICharTermAttribute _term;
    private readonly IKeywordAttribute _keyword;

    public StopWordFilter(TokenStream words, CharArraySet stopWords)
        : base(words) => (_stopWords, _term, _keyword) = (stopWords, AddAttribute<ICharTermAttribute>(), AddAttribute<IKeywordAttribute>());

    public override bool IncrementToken()
    {
        if (!m_input.IncrementToken())
            return false;
        if (_stopWords.Contains(_term.Buffer, 0, _term.Length))
        {
            var word = _term.ToString();
            _term.SetEmpty().Append(Token.StopMark).Append(word);
            _keyword.IsKeyword = true;
        }
        return true;
    }
}
