using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A document's metadata from creation to the bin and back.</summary>
public sealed class DocumentsAreKept(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_document_is_read_as_it_was_created(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));

        var created = await CreateAsync(founder);
        var read = await founder.Client.Documents.GetAsync(created.Value.Id, Stop);

        Assert.Equal(created.Value.AsJson(), read.Value.AsJson());
        Assert.Equal(created.ETag, read.ETag);
        Assert.Equal(("Policy", "Why", "policy", 0, DocumentStatus.Empty, founder.Id), (read.Value.Title, read.Value.Description, read.Value.DocumentType, read.Value.CurrentVersion, read.Value.Status, read.Value.CreatedBy));
        Assert.Equal(["one", "two"], read.Value.Tags);
        Assert.Equal((2555, false, "created_at"), (read.Value.RetentionPolicy.RetentionPeriod, read.Value.RetentionPolicy.AutoDelete, read.Value.RetentionPolicy.StartsAt));
    }

    [Theory, EveryShape]
    public async Task An_update_leaves_absent_fields_alone_and_clears_what_is_null(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var created = await CreateAsync(founder);

        var renamed = (await founder.Client.Documents.UpdateAsync(created.Value.Id, new UpdateDocumentRequest { Title = "Renamed" }, stop: Stop)).Value;
        Assert.Equal(("Renamed", "Why", "policy"), (renamed.Title, renamed.Description, renamed.DocumentType));
        Assert.Equal(["one", "two"], renamed.Tags);

        using var _ = await founder.AskAsync(HttpMethod.Put, $"api/documents/{created.Value.Id}", Refusals.Json("""{"description":null,"tags":["three"]}"""));
        var cleared = (await founder.Client.Documents.GetAsync(created.Value.Id, Stop)).Value;
        Assert.Equal(("Renamed", null), (cleared.Title, cleared.Description));
        Assert.Equal(["three"], cleared.Tags);
    }

    [Theory, EveryShape]
    public async Task A_title_cannot_be_null_blank_or_too_long(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var created = await CreateAsync(founder);

        foreach (var title in new[] { "null", "\"\"", "\"  \"", $"\"{new string('x', 301)}\"", "\"a\\u0000b\"", "\"half \\ud83d\"" })
        {
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Put, $"api/documents/{created.Value.Id}", Refusals.Json($$"""{"title":{{title}}}""")));
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, "api/documents", Refusals.Json($$"""{"title":{{title}}}""")));
        }
        Assert.Equal(created.ETag, (await founder.Client.Documents.GetAsync(created.Value.Id, Stop)).ETag);
    }

    [Theory, EveryShape]
    public async Task An_update_that_changes_nothing_is_no_event_and_no_revision(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var created = await CreateAsync(founder);
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        var same = await founder.Client.Documents.UpdateAsync(created.Value.Id, new UpdateDocumentRequest { Title = "Policy", Tags = ["one", "two"] }, stop: Stop);

        Assert.Equal(created.ETag, same.ETag);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task A_stale_writer_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var created = await CreateAsync(founder);
        var renamed = await founder.Client.Documents.UpdateAsync(created.Value.Id, new UpdateDocumentRequest { Title = "Renamed" }, created.ETag, Stop);
        Assert.NotEqual(created.ETag, renamed.ETag);

        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => founder.Client.Documents.UpdateAsync(created.Value.Id, new UpdateDocumentRequest { Title = "Lost" }, created.ETag, Stop));
        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => founder.Client.Documents.DeleteAsync(created.Value.Id, created.ETag, Stop));

        await founder.Client.Documents.DeleteAsync(created.Value.Id, renamed.ETag, Stop);
    }

    [Theory, EveryShape]
    public async Task A_deleted_document_is_in_the_bin_until_it_is_taken_back(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await CreateAsync(founder)).Value.Id;
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.RestoreAsync(id, Stop));

        await founder.Client.Documents.DeleteAsync(id, stop: Stop);
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.GetAsync(id, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.DeleteAsync(id, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.ListVersionsAsync(id, stop: Stop));
        Assert.Equal(0, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);

        Assert.Equal("Policy", (await founder.Client.Documents.RestoreAsync(id, Stop)).Value.Title);
        Assert.Equal(1, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);
    }

    [Theory, EveryShape]
    public async Task Viewers_members_and_strangers_do_only_what_they_may(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, viewer, stranger) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("viewer"), await Person.FounderAsync(server));
        var id = (await CreateAsync(founder)).Value.Id;
        Assert.Equal("Policy", (await viewer.Client.Documents.GetAsync(id, Stop)).Value.Title);

        await server.RefusesAsync(viewer, 403, ErrorCodes.PermissionDenied, () => CreateAsync(viewer));
        await server.RefusesAsync(viewer, 403, ErrorCodes.PermissionDenied, () => viewer.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop));
        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => member.Client.Documents.DeleteAsync(id, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.GetAsync(id, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.DeleteAsync(id, stop: Stop));
        await server.RefusesAsync(founder, 401, ErrorCodes.Unauthenticated, () => server.NewClient().Documents.GetAsync(id, Stop));
    }

    private static Task<Tagged<DocumentView>> CreateAsync(Person person) => person.Client.Documents.CreateAsync(
        new CreateDocumentRequest { Title = "Policy", Description = "Why", DocumentType = "policy", SensitivityLevel = SensitivityLevel.Internal, Tags = ["one", "two", "one"] }, Stop);
}
