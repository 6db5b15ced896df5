using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>What search may find, and what it is narrowed to.</summary>
public sealed class SearchStaysInScope(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Another_organizations_text_is_never_found(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var document = await founder.UploadTextAsync("A bittern hides.");
        Assert.Single(await FindAsync(founder, "bittern"));

        Assert.Empty(await FindAsync(stranger, "bittern"));
        Assert.Empty((await stranger.Client.Documents.SearchAsync(new SearchRequest { Query = "bittern", DocumentIds = [document.Id], IncludeHistory = true }, Stop)).Items);
    }

    [Theory, EveryShape]
    public async Task What_is_in_the_bin_is_not_found_until_it_is_taken_back(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = await founder.UploadTextAsync("A bittern hides.");
        Assert.Single(await FindAsync(founder, "bittern"));

        await founder.Client.Documents.DeleteAsync(document.Id, stop: Stop);
        Assert.Empty(await FindAsync(founder, "bittern"));
        await founder.Client.Documents.RestoreAsync(document.Id, Stop);
        Assert.Single(await FindAsync(founder, "bittern"));
    }

    [Theory, EveryShape]
    public async Task A_new_version_takes_the_old_ones_place_and_history_still_knows_it(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = await founder.UploadTextAsync("A bittern hides.");
        await founder.UploadVersionAsync(document.Id, "A crane dances.", Stop);
        await founder.UntilSettledAsync(document.Id);

        Assert.Empty(await FindAsync(founder, "bittern"));
        Assert.Equal(2, (await FindAsync(founder, "crane")).Single().Fragment.VersionNumber);
        var old = (await founder.Client.Documents.SearchAsync(new SearchRequest { Query = "bittern", IncludeHistory = true }, Stop)).Items.Single();
        Assert.Equal((1, "A bittern hides."), (old.Fragment.VersionNumber, old.Fragment.Content));
        Assert.Equal("A crane dances.", (await founder.Client.Documents.ListFragmentsAsync(document.Id, stop: Stop)).Items.Single().Content);
    }

    [Theory, EveryShape]
    public async Task Each_filter_narrows_what_is_found(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var one = await UploadAsync(founder, "one", "policy", SensitivityLevel.Internal, "hr", "it");
        var two = await UploadAsync(founder, "two", "contract", SensitivityLevel.Confidential, "hr");
        var request = new SearchRequest { Query = "bittern" };

        await AssertFinds(founder, request, one, two);
        await AssertFinds(founder, request with { DocumentTypes = ["policy", "memo"] }, one);
        await AssertFinds(founder, request with { SensitivityLevels = [SensitivityLevel.Confidential] }, two);
        await AssertFinds(founder, request with { Tags = ["hr"] }, one, two);
        await AssertFinds(founder, request with { Tags = ["hr", "it"] }, one);
        await AssertFinds(founder, request with { DocumentIds = [two, Guid.CreateVersion7()] }, two);
        await AssertFinds(founder, request with { DocumentTypes = ["policy"], DocumentIds = [two] });
        await AssertFinds(founder, request with { DocumentTypes = [], DocumentIds = [], Tags = [], SensitivityLevels = [] }, one, two);
        var confidence = (await FindAsync(founder, "bittern"))[0].Fragment.ConfidenceScore;
        await AssertFinds(founder, request with { MinConfidence = confidence }, one, two);
        if (confidence < 1)
            await AssertFinds(founder, request with { MinConfidence = 1 });
    }

    [Theory, EveryShape]
    public async Task What_no_search_takes_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        foreach (var body in new[] { "{}", """{"query":""}""", """{"query":"a\u0000b"}""", $$"""{"query":"{{new string('x', 1001)}}"}""", """{"query":"a","limit":0}""", """{"query":"a","limit":101}""", """{"query":"a","offset":-1}""", """{"query":"a","min_confidence":2}""", """{"query":"a","mode":"some"}""", """{"query":"a","sensitivity_levels":["secret"]}""", "[]", "{" })
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, "api/documents/search", Refusals.Json(body)));
    }

    private static async Task<IReadOnlyList<SearchHit>> FindAsync(Person person, string query) => (await person.Client.Documents.SearchAsync(query, Stop)).Items;

    private static async Task AssertFinds(Person person, SearchRequest request, params Guid[] documents) =>
        Assert.Equal(documents.Order(), (await person.Client.Documents.SearchAsync(request, Stop)).Items.Select(hit => hit.Fragment.DocumentId).Order());

    private static async Task<Guid> UploadAsync(Person person, string title, string type, SensitivityLevel label, params string[] tags)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"A bittern hides in {title}."));
        var upload = await person.Client.Documents.UploadAsync(content, "a.txt", new UploadFields { Title = title, DocumentType = type, SensitivityLevel = label, Tags = tags }, Stop);
        return (await person.UntilSettledAsync(upload.DocumentId)).Id;
    }
}
