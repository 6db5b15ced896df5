using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>A document is found by what it is called, and a passage by what stands above it.</summary>
public sealed class TitlesAndHeadingsCount(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_title_finds_its_document_at_the_beginning_and_lifts_its_passages(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.UploadTextAsync("The first paragraph.\n\nThe second one speaks of herons.", title: "Bittern policy");
        await founder.UploadTextAsync("Another paragraph on herons, and nothing on policy.", title: "Notes");

        Assert.Equal(["The first paragraph."], await FindAsync(founder, "bittern"));
        Assert.Equal(["The second one speaks of herons."], await FindAsync(founder, "bittern herons", "all"));
        Assert.Equal("The second one speaks of herons.", (await FindAsync(founder, "bittern herons"))[0]);
        Assert.Equal(["The first paragraph."], await FindAsync(founder, "\"bittern policy\""));
        Assert.Empty(await FindAsync(founder, "\"policy bittern\""));
    }

    [Theory, EveryShape]
    public async Task A_new_title_holds_for_the_next_search_and_the_old_one_no_more(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = await founder.UploadTextAsync("A text on something else.", title: "Bittern policy");
        Assert.Single(await FindAsync(founder, "bittern"));

        await founder.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Crane policy" }, stop: Stop);

        Assert.Empty(await FindAsync(founder, "bittern"));
        Assert.Single(await FindAsync(founder, "crane policy", "all"));
        await founder.UploadVersionAsync(document.Id, "A newer text.", Stop);
        await founder.UntilSettledAsync(document.Id);
        Assert.Equal(["A newer text."], await FindAsync(founder, "crane"));
    }

    [Theory, EveryShape]
    public async Task A_passage_is_found_by_the_headings_above_it(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        using var content = new MemoryStream("# Bitterns\n\nThey hide.\n\n# Cranes\n\nThey dance.\n"u8.ToArray());
        var upload = await founder.Client.Documents.UploadAsync(content, "birds.md", new UploadFields { Title = "Birds" }, Stop);
        await founder.UntilSettledAsync(upload.DocumentId);

        Assert.Equal(["Bitterns", "They hide."], (await FindAsync(founder, "bittern")).Order());
        Assert.Equal(["They dance."], await FindAsync(founder, "crane dancing", "all"));
        Assert.DoesNotContain("They hide.", await FindAsync(founder, "they -bittern"));
    }

    private static async Task<List<string>> FindAsync(Person person, string query, string mode = "any") =>
        [.. (await person.Client.Documents.SearchAsync(new SearchRequest { Query = query, Mode = mode }, Stop)).Items.Select(hit => hit.Fragment.Content)];
}
