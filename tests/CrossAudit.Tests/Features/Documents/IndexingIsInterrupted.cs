using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A node dies while it indexes: the claim runs out and the work is done again.</summary>
public sealed class IndexingIsInterrupted(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task What_was_claimed_and_left_is_indexed_once_its_claim_runs_out(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("A bittern hides.\n\nA crane dances.");
        var before = (await founder.Client.Documents.ListFragmentsAsync(document.Id, stop: Stop)).Items;
        Assert.NotEmpty(before);

        // As a node leaves it that died after its fragments were written: pending, and claimed until a moment ago.
        await DueAsync(server, document.Id, DateTimeOffset.UnixEpoch);
        await founder.UploadTextAsync("Wakes the workers.", title: "Another");
        await Refusals.UntilAsync(async () => await server.ReadAsync(db => db.Set<DocumentVersion>().IgnoreQueryFilters().AnyAsync(v => v.DocumentId == document.Id && v.DueAt == null && v.Attempts == 2, Stop)));

        Assert.Equal(DocumentStatus.Indexed, (await founder.Client.Documents.GetAsync(document.Id, Stop)).Value.Status);
        var after = (await founder.Client.Documents.ListFragmentsAsync(document.Id, stop: Stop)).Items;
        Assert.Equal(before.Select(f => f.Content), after.Select(f => f.Content));
        Assert.Equal(document.Id, (await founder.Client.Documents.SearchAsync("bittern", Stop)).Items.Single().Fragment.DocumentId);
        Assert.Equal(before.Count + 1, await server.ReadAsync(db => db.Set<Fragment>().IgnoreQueryFilters().CountAsync(f => f.OrganizationId == founder.OrganizationId, Stop)));
    }

    [Theory, EveryShape]
    public async Task A_claim_that_lasts_is_respected(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("A bittern hides.");
        await DueAsync(server, document.Id, TimeProvider.System.GetUtcNow().AddHours(1));

        Assert.Equal(DocumentStatus.Indexed, (await founder.UploadTextAsync("Wakes the workers.", title: "Another")).Status);

        Assert.Equal(1, await server.ReadAsync(db => db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.DocumentId == document.Id).Select(v => v.Attempts).SingleAsync(Stop)));
        await DueAsync(server, document.Id, null);
    }

    private static Task DueAsync(RunningServer server, Guid document, DateTimeOffset? due) => server.ReadAsync(db => db.WriteAsync(async () =>
    {
        if (due is not null)
            await db.Set<Document>().IgnoreQueryFilters().Where(d => d.Id == document).ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DocumentStatus.Pending), Stop);
        return await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.DocumentId == document).ExecuteUpdateAsync(set => set.SetProperty(v => v.DueAt, due), Stop);
    }, Stop));
}
