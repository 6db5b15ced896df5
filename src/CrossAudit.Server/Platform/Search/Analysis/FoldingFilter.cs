using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.TokenAttributes;

namespace CrossAudit.Server.Platform.Search.Analysis;

/// <summary>Takes accents, ligatures and other forms of one letter for that letter: <c>é</c>, <c>e</c> with U+0301 and <c>ｅ</c> for <c>e</c>.</summary>
internal sealed class FoldingFilter : TokenFilter
{
    private readonly ICharTermAttribute _term;

    public FoldingFilter(TokenStream words)
        : base(words) => _term = AddAttribute<ICharTermAttribute>();

    public override bool IncrementToken()
    {
        if (!m_input.IncrementToken())
            return false;
        if (!Ascii.IsValid(_term.Buffer.AsSpan(0, _term.Length)))
            Fold();
        return true;
    }

    private void Fold()
    {
        // Half of a surrogate pair has no normal form, and is no letter.
        var term = _term.ToString()!;
        var decomposed = term.Any(char.IsSurrogate) ? term : term.Normalize(NormalizationForm.FormKD);
        var letters = decomposed.Where(c => c is < '\u0300' or > '\u036F').ToArray();
        var folded = new char[letters.Length * 4];
        var length = ASCIIFoldingFilter.FoldToASCII(letters, 0, folded, 0, letters.Length);
        _term.SetEmpty().Append(new string(folded, 0, length));
    }
}
