using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>The trail at a glance, and by words.</summary>
public sealed class TheTrailIsCounted(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Statistics_count_each_event_once_whether_it_is_indexed_or_not(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await CreateAsync(founder, 30);
        await founder.UntilIndexedAsync();
        await CreateAsync(founder, 12);

        var counted = await founder.Client.Audit.GetStatisticsAsync(7, Stop);

        Assert.Equal(42, counted.ByAction.Single(count => count.Value == AuditActions.DocumentCreated).Count);
        Assert.Equal(7, counted.ByDay.Count);
        Assert.Equal(counted.Total, counted.ByDay.Sum(day => day.Count));
        Assert.Equal(counted.Total, counted.ByOutcome.Sum(outcome => outcome.Count));
        Assert.Equal(counted.Total, counted.BySeverity.Sum(severity => severity.Count));
        Assert.Equal(founder.Id.ToString(), counted.ByActor[0].Value);
        // But for the reading itself, which is recorded after it has counted.
        var stored = await server.ReadAsync(db => db.Set<AuditEvent>().IgnoreQueryFilters().CountAsync(e => e.OrganizationId == founder.OrganizationId, Stop));
        Assert.Equal(stored - 1, counted.Total);
    }

    [Theory, EveryShape]
    public async Task Words_are_found_by_whoever_may_see_where_they_stand(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var auditor = await founder.AddMemberAsync("auditor");
        var id = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Merger with Contoso", SensitivityLevel = SensitivityLevel.Restricted }, Stop)).Value.Id;
        foreach (var indexed in new[] { false, true })
        {
            if (indexed)
                await founder.UntilIndexedAsync();
            Assert.Equal([id.ToString()], (await founder.Client.Audit.SearchAsync("contoso MERGER", stop: Stop)).Items.Select(e => e.ResourceId));
            Assert.Empty((await auditor.Client.Audit.SearchAsync("contoso", stop: Stop)).Items);
            Assert.Contains((await auditor.Client.Audit.SearchAsync(auditor.Email, stop: Stop)).Items, e => e.ActorUserId == auditor.Id);
        }
        Assert.Contains(AuditActions.DocumentCreated, await auditor.Client.Audit.ListActionsAsync(Stop));
    }

    [Theory, EveryShape]
    public async Task A_walk_over_several_blocks_meets_each_event_once_in_the_order_of_the_log(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await AddManyAsync(founder, 9_000);
        await founder.UntilIndexedAsync();

        var walked = new List<long>();
        await foreach (var e in founder.Client.Audit.WalkAsync(new() { Action = "document.*", Outcome = "success" }, pageSize: 900, stop: Stop))
            walked.Add(e.Sequence!.Value);

        Assert.Equal(9_000, walked.Count);
        Assert.Equal(walked.OrderDescending(), walked);
        Assert.Equal(9_000, walked.Distinct().Count());
        var rare = (await founder.Client.Audit.ListAsync(new() { Action = "document.*", ResourceId = "number-17" }, stop: Stop)).Items;
        Assert.Equal(["number-17"], rare.Select(e => e.ResourceId));
        Assert.Empty((await founder.Client.Audit.ListAsync(new() { Action = "document.*", Outcome = "denied" }, stop: Stop)).Items);
        var old = rare[0].CreatedAt;
        var early = await founder.Client.Audit.ListAsync(new() { Action = "document.*", StartDate = old.AddSeconds(-17), EndDate = old.AddSeconds(1) }, limit: 5, stop: Stop);
        Assert.Equal((5, 18), (early.Items.Count, early.Meta.Total));
        var late = await founder.Client.Audit.ListAsync(new() { Action = "document.*", StartDate = old.AddSeconds(1) }, limit: 5, stop: Stop);
        Assert.Equal(9_000 - 18, late.Meta.Total);
    }

    private static Task<int> AddManyAsync(Person person, int count)
    {
        var start = TimeProvider.System.GetUtcNow().AddDays(-1);
        return person.RecordAsync(Enumerable.Range(0, count).Select(n => new PastEvent(AuditActions.DocumentCreated, start.AddSeconds(n), ResourceId: $"number-{n}")));
    }

    private static Task CreateAsync(Person person, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n}" }, stop: Stop)));
}
