using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>BM25 over a corpus small enough to know what comes first; the same order on both databases.</summary>
public sealed class PassagesAreRanked(ServerSet servers)
{
    private static readonly (string Title, string Text)[] Corpus =
    [
        ("rare", "The board wants a kestrel report this year."),
        ("common", "The board wants a budget report this year."),
        ("short", "Budget approved."),
        ("long", "The budget of the coming years was talked over by everyone who came to the meeting, and no end of it was in sight when the evening came and the lamps were lit in the old hall by the river."),
        ("often", "Heron, heron, heron and again a heron was all they saw there."),
        ("once", "Heron or not, that grey bird was the one thing they saw there."),
        ("order", "The audit of risk came first."),
        ("reverse", "The risk of audit came second."),
        ("spread", "Risk is one thing, an audit is another thing."),
        ("emoji", "👩‍👩‍👧 𝒳 日本 A falcon, two falcons 🦅 and the falcon's nest."),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_rarer_word_the_shorter_text_and_the_more_frequent_word_come_first(Shape shape)
    {
        var founder = await WithCorpusAsync(shape);

        Assert.Equal(["rare", "common"], (await FindAsync(founder, "kestrel board")).Take(2));
        Assert.Equal(["short", "common", "long"], await FindAsync(founder, "budget"));
        Assert.Equal(["often", "once"], await FindAsync(founder, "heron"));
        Assert.Equal(["rare", "common"], await FindAsync(founder, "reports"));
        var hits = (await founder.Client.Documents.SearchAsync("kestrel board budget", Stop)).Items;
        Assert.Equal(hits.OrderByDescending(h => h.Score).Select(h => h.Fragment.Id), hits.Select(h => h.Fragment.Id));
        Assert.All(hits, hit => Assert.InRange(hit.Score, double.Epsilon, 1));
        Assert.All(hits, hit => Assert.Equal(1 - hit.Score, hit.Distance, 9));
    }

    [Theory, EveryShape]
    public async Task Any_all_phrases_and_exclusions_find_what_they_say(Shape shape)
    {
        var founder = await WithCorpusAsync(shape);

        Assert.Equal(["order", "reverse", "spread"], (await FindAsync(founder, "audit risk", "all")).Order());
        Assert.Equal(["order", "rare", "reverse", "spread"], (await FindAsync(founder, "audit kestrel")).Order());
        Assert.Empty(await FindAsync(founder, "audit kestrel", "all"));
        Assert.Equal(["order"], await FindAsync(founder, "\"audit of risk\""));
        Assert.Equal(["reverse"], await FindAsync(founder, "\"risk of audit\""));
        Assert.Equal(["order"], await FindAsync(founder, "\"AUDIT OF RISK"));
        Assert.Equal(["reverse", "spread"], (await FindAsync(founder, "audit -first")).Order());
        Assert.Equal(["order", "spread"], (await FindAsync(founder, "audit -\"risk of audit\"")).Order());
    }

    [Theory, EveryShape]
    public async Task Highlights_select_the_words_also_behind_characters_of_two_units(Shape shape)
    {
        var founder = await WithCorpusAsync(shape);

        var hit = (await founder.Client.Documents.SearchAsync("falcon", Stop)).Items.Single();

        Assert.Equal(["falcon", "falcons", "falcon"], hit.Highlights.Select(h => hit.Fragment.Content[h.Start..h.End]).Select(word => word.Replace("'s", "", StringComparison.Ordinal)));
        var phrase = (await founder.Client.Documents.SearchAsync("\"audit of risk\"", Stop)).Items.Single();
        Assert.StartsWith("audit", phrase.Fragment.Content[phrase.Highlights[0].Start..], StringComparison.Ordinal);
        Assert.EndsWith("risk", phrase.Fragment.Content[..phrase.Highlights[^1].End], StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task Pages_follow_each_other_without_overlap(Shape shape)
    {
        var founder = await WithCorpusAsync(shape);
        var all = await FindAsync(founder, "the");
        var request = new SearchRequest { Query = "thing budget heron audit report", Limit = 3 };
        var whole = (await founder.Client.Documents.SearchAsync(request with { Limit = 100 }, Stop)).Items.Select(h => h.Fragment.Id).ToList();
        Assert.InRange(whole.Count, 7, Corpus.Length);
        Assert.True(all.Count <= Corpus.Length);

        var paged = new List<Guid>();
        for (var hasMore = true; hasMore; request = request with { Offset = request.Offset + 3 })
        {
            var page = await founder.Client.Documents.SearchAsync(request, Stop);
            Assert.InRange(page.Items.Count, 1, 3);
            paged.AddRange(page.Items.Select(h => h.Fragment.Id));
            hasMore = page.Meta.HasMore;
        }
        Assert.Equal(whole, paged);
    }

    private async Task<Person> WithCorpusAsync(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        foreach (var (title, text) in Corpus)
            Assert.Equal(DocumentStatus.Indexed, (await founder.UploadTextAsync(text, title: title)).Status);
        return founder;
    }

    private static async Task<List<string>> FindAsync(Person person, string query, string mode = "any") =>
        [.. (await person.Client.Documents.SearchAsync(new SearchRequest { Query = query, Mode = mode }, Stop)).Items.Select(hit => hit.Fragment.DocumentTitle)];
}
