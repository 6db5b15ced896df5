using CrossAudit.Server.Platform.Search;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>How text becomes a query: every text does.</summary>
public sealed class QueriesAreRead
{
    [Theory]
    [InlineData("risk", "risk", "")]
    [InlineData("  risk \t appetite\n", "risk|appetite", "")]
    [InlineData("\"risk appetite\" board", "risk appetite|board", "")]
    [InlineData("risk -appetite", "risk", "appetite")]
    [InlineData("risk -\"of the board\"", "risk", "of the board")]
    [InlineData("risk - appetite", "risk|appetite", "")]
    [InlineData("\"never closed phrase", "never closed phrase", "")]
    [InlineData("risk\"of the board\"", "risk|of the board", "")]
    [InlineData("don't 2019-2020", "don't|2019-2020", "")]
    [InlineData("naïve Ärger 日本 का", "naïve|Ärger|日本|का", "")]
    [InlineData("-only -excluded", "", "only|excluded")]
    [InlineData("!!! ??? \"\" - -- \"-\"", "", "")]
    [InlineData("", "", "")]
    [InlineData("AND OR NOT NEAR(a b) content:x a*", "AND|OR|NOT|NEAR(a|b)|content:x|a*", "")]
    [InlineData("a & b | !c <-> d :*", "a|b|!c|d", "")]
    public void Words_phrases_and_exclusions_are_told_apart(string text, string wanted, string excluded)
    {
        var query = TextQuery.Parse(text, all: false);

        Assert.Equal(wanted, string.Join('|', query.Wanted));
        Assert.Equal(excluded, string.Join('|', query.Excluded));
    }

    [Fact]
    public void A_very_long_text_is_cut_to_a_bounded_query()
    {
        var query = TextQuery.Parse(string.Join(' ', Enumerable.Range(0, 10_000).Select(n => n % 2 == 0 ? $"word{n}" : $"-word{n}")), all: true);

        Assert.True(query.All);
        Assert.Equal((32, 32), (query.Wanted.Count, query.Excluded.Count));
    }
}
