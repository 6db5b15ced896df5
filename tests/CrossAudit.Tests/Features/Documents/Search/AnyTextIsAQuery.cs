using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>Whatever people type is answered, operators of either engine included.</summary>
public sealed class AnyTextIsAQuery(ServerSet servers)
{
    private static readonly string[] Pieces =
    [
        "heron", "stands", "\"", "'", "''", "-", "--", "(", ")", "AND", "OR", "NOT", "NEAR(", "NEAR/2", "*", ":", "content:", "^", "{a b}", "+", "&", "|", "!", "!!", "<->", "<2>", ":*", ":A", "\\", "\\'", "%", "_", ";",
        "{0}", "@p0", "$1", "?1", "/*", "*/", "#", "~", "[", "]", "<", ">", "=", ",", ".", "…", "é", "e\u0301", "日本", "العربية", "𝒳", "👩‍👩‍👧", "\u202e", "\ufdd0", "\ufdd1", "\uffff", "\u0001", "\t", "\n", "it's", "M-24-10", "1e9", "-1",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Three_hundred_random_texts_are_answered(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.UploadTextAsync("The heron stands by the water, and it's there: M-24-10 日本 e\u0301.");
        Assert.Single((await founder.Client.Documents.SearchAsync("heron", Stop)).Items);
        var random = new Random(20261);

        for (var i = 0; i < 300; i++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
            if (string.IsNullOrWhiteSpace(query))
                continue;
            var found = await founder.Client.Documents.SearchAsync(new SearchRequest { Query = query, Mode = random.Next(2) == 0 ? "any" : "all" }, Stop);
            Assert.All(found.Items, hit => Assert.All(hit.Highlights, h => Assert.InRange(h.End, h.Start + 1, hit.Fragment.Content.Length)));
        }
    }

    [Theory, EveryShape]
    public async Task Each_piece_alone_is_answered(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.UploadTextAsync("The heron stands.");

        foreach (var piece in Pieces.Where(piece => !string.IsNullOrWhiteSpace(piece)))
            Assert.InRange((await founder.Client.Documents.SearchAsync(piece, Stop)).Items.Count, 0, 1);
        foreach (var nothing in new[] { "!!!", "-heron", "-\"heron stands\"", "\"\"" })
            Assert.Empty((await founder.Client.Documents.SearchAsync(nothing, Stop)).Items);
        Assert.Single((await founder.Client.Documents.SearchAsync(string.Join(' ', Enumerable.Repeat("heron", 166)), Stop)).Items);
    }
}
