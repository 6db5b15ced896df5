using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Lists of documents: narrowed, ordered and paged.</summary>
public sealed class DocumentsAreListed(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_filter_narrows_the_list_and_all_of_them_together(Shape shape)
    {
        var (founder, member) = await ThreeDocumentsAsync(shape);
        Assert.Equal(3, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);

        await AssertFinds(founder, new DocumentFilter { Text = "bEtA" }, "Beta");
        await AssertFinds(founder, new DocumentFilter { Text = "SECOND" }, "Beta");
        await AssertFinds(founder, new DocumentFilter { Text = "100%" });
        await AssertFinds(founder, new DocumentFilter { DocumentType = "policy" }, "Alpha", "Gamma");
        await AssertFinds(founder, new DocumentFilter { SensitivityLevel = SensitivityLevel.Internal }, "Alpha", "Beta");
        await AssertFinds(founder, new DocumentFilter { Tag = "hr" }, "Alpha", "Beta");
        await AssertFinds(founder, new DocumentFilter { CreatedBy = member.Id }, "Beta");
        await AssertFinds(founder, new DocumentFilter { Status = DocumentStatus.Empty }, "Alpha", "Beta", "Gamma");
        await AssertFinds(founder, new DocumentFilter { Status = DocumentStatus.Indexed });
        await AssertFinds(founder, new DocumentFilter { DocumentType = "policy", Tag = "hr", SensitivityLevel = SensitivityLevel.Internal, CreatedBy = founder.Id, Text = "a" }, "Alpha");
    }

    [Theory, EveryShape]
    public async Task The_list_comes_in_the_order_asked_for(Shape shape)
    {
        var (founder, _) = await ThreeDocumentsAsync(shape);

        Assert.Equal(["Gamma", "Beta", "Alpha"], await TitlesAsync(founder, null));
        Assert.Equal(["Alpha", "Beta", "Gamma"], await TitlesAsync(founder, "created_at"));
        Assert.Equal(["Gamma", "Beta", "Alpha"], await TitlesAsync(founder, "-title"));
        Assert.Equal(["Gamma", "Alpha", "Beta"], await TitlesAsync(founder, "-document_type,-title"), StringComparer.Ordinal);
        Assert.Equal(["Gamma", "Beta", "Alpha"], await TitlesAsync(founder, "-sensitivity_level,-title"));
    }

    [Theory, EveryShape]
    public async Task What_no_list_can_do_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        foreach (var query in new[] { "sort=colour", "sort=-", "sort=title,colour", "limit=0", "limit=1001", "limit=x", "offset=-1", "cursor=abc", "sensitivity_level=secret", "sensitivity_level=1", "status=lost", "created_by=me" })
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Get, $"api/documents?{query}"));
    }

    [Theory, EveryShape]
    public async Task A_cursor_is_stable_while_documents_are_added(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        for (var i = 0; i < 5; i++)
            await CreateAsync(founder, $"Document {i}");

        var first = await founder.Client.Documents.ListAsync(limit: 2, stop: Stop);
        Assert.Equal((5, true), (first.Meta.Total, first.Meta.HasMore));
        await CreateAsync(founder, "Added meanwhile");
        var second = await founder.Client.Documents.ListAsync(limit: 2, cursor: first.Meta.NextCursor, stop: Stop);
        var last = await founder.Client.Documents.ListAsync(limit: 2, cursor: second.Meta.NextCursor, stop: Stop);

        Assert.Equal(["Document 4", "Document 3", "Document 2", "Document 1", "Document 0"], [.. first.Items.Concat(second.Items).Concat(last.Items).Select(d => d.Title)]);
        Assert.Equal((false, null), (last.Meta.HasMore, last.Meta.NextCursor));
        using var raw = await founder.AskAsync(HttpMethod.Get, "api/documents?limit=2&document_type=general");
        Assert.Contains("document_type=general", Assert.Single(raw.Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    private async Task<(Person Founder, Person Member)> ThreeDocumentsAsync(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var member = await founder.AddMemberAsync("member");
        await CreateAsync(founder, "Alpha", "policy", "the first", SensitivityLevel.Internal, "hr");
        await CreateAsync(member, "Beta", "contract", "the second", SensitivityLevel.Internal, "hr", "it");
        await CreateAsync(founder, "Gamma", "policy", null, SensitivityLevel.Restricted, "hrx");
        return (founder, member);
    }

    private static Task CreateAsync(Person person, string title, string type = "general", string? description = null, SensitivityLevel label = SensitivityLevel.Internal, params string[] tags) =>
        person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = title, DocumentType = type, Description = description, SensitivityLevel = label, Tags = tags }, Stop);

    private static async Task AssertFinds(Person person, DocumentFilter filter, params string[] titles)
    {
        var found = await person.Client.Documents.ListAsync(filter with { Sort = "title" }, stop: Stop);
        Assert.Equal(titles, found.Items.Select(d => d.Title));
        Assert.Equal(titles.Length, found.Meta.Total);
    }

    private static async Task<List<string>> TitlesAsync(Person person, string? sort) =>
        [.. (await person.Client.Documents.ListAsync(new DocumentFilter { Sort = sort }, stop: Stop)).Items.Select(d => d.Title)];
}
