using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>The trail, narrowed by each filter alone and by several together.</summary>
public sealed class TheTrailIsFiltered(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_filter_finds_what_it_says_and_nothing_else(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (member, viewer) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("viewer"));
        var document = (await member.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Größenordnung 100%", SensitivityLevel = SensitivityLevel.Internal }, Stop)).Value;
        await member.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Renamed" }, stop: Stop);
        await Assert.ThrowsAsync<CrossAuditException>(() => viewer.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop));
        // All of it, but for the readings: those that follow would not be in it.
        var all = (await founder.Client.Audit.ListAsync(new AuditFilter(), limit: 1000, stop: Stop)).Items;
        var created = all.Single(e => e.Action == AuditActions.DocumentCreated);

        await AssertAllAsync();
        // The same once they are sealed, and found through the index.
        await founder.UntilIndexedAsync();
        await AssertAllAsync();

        async Task AssertAllAsync()
        {
            await AssertFinds(new() { ActorUserId = member.Id }, e => e.ActorUserId == member.Id);
            await AssertFinds(new() { ActorType = "user" }, e => e.ActorType == "user");
            await AssertFinds(new() { Action = "document.created" }, e => e.Action == "document.created");
            await AssertFinds(new() { Action = "document.*" }, e => e.Action.StartsWith("document.", StringComparison.Ordinal));
            await AssertFinds(new() { Action = "document" }, _ => false);
            await AssertFinds(new() { Action = "*" }, _ => true);
            await AssertFinds(new() { Action = "document_*" }, _ => false);
            await AssertFinds(new() { ResourceType = "document" }, e => e.ResourceType == "document");
            await AssertFinds(new() { ResourceId = document.Id.ToString() }, e => e.ResourceId == document.Id.ToString());
            await AssertFinds(new() { TargetUserId = viewer.Id }, e => e.TargetUserId == viewer.Id);
            await AssertFinds(new() { Severity = "warning" }, e => e.Severity == "warning");
            await AssertFinds(new() { Outcome = "denied" }, e => e.Outcome == "denied");
            await AssertFinds(new() { IpAddress = "127.0.0.1" }, e => e.IpAddress == "127.0.0.1");
            await AssertFinds(new() { IpAddress = "10.0.0.1" }, _ => false);
            await AssertFinds(new() { CorrelationId = created.CorrelationId }, e => e.CorrelationId == created.CorrelationId);
            await AssertFinds(new() { StartDate = created.CreatedAt }, e => e.CreatedAt >= created.CreatedAt);
            await AssertFinds(new() { EndDate = created.CreatedAt }, e => e.CreatedAt < created.CreatedAt);
            await AssertFinds(new() { StartDate = created.CreatedAt, EndDate = created.CreatedAt }, _ => false);
            await AssertFinds(new() { Text = "renamed" }, e => e.Changes?.ToJsonString().Contains("Renamed", StringComparison.Ordinal) == true);
            await AssertFinds(new() { Text = "größenord" }, _ => false);
            await AssertFinds(new() { Text = "GROSSENORDNUNG 100%" }, e => e.ResourceId == document.Id.ToString() && e.Action is "document.created" or "document.updated");
            await AssertFinds(new() { Text = viewer.Email }, e => e.ActorLabel == viewer.Email || e.Metadata?.ToJsonString().Contains(viewer.Email, StringComparison.Ordinal) == true);
            await AssertFinds(new() { ActorUserId = member.Id, Action = "document.*", ResourceId = document.Id.ToString(), Outcome = "success", Text = "renamed", IpAddress = "127.0.0.1" }, e => e.Action == "document.updated");
        }

        async Task AssertFinds(AuditFilter filter, Predicate<AuditLogView> isWanted)
        {
            var page = await founder.Client.Audit.ListAsync(filter, limit: 1000, stop: Stop);
            Assert.Equal((filter.ToString(), page.Items.Count), (filter.ToString(), page.Meta.Total));
            var found = page.Items.Where(e => e.Action != AuditActions.AuditRead);
            var wanted = all.Where(e => isWanted(e) && e.Action != AuditActions.AuditRead);
            Assert.Equal((filter.ToString(), string.Join(", ", wanted.Select(e => e.Action))), (filter.ToString(), string.Join(", ", found.Select(e => e.Action))));
        }
    }

    [Theory, EveryShape]
    public async Task Pages_by_cursor_are_whole_while_events_are_added(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        for (var i = 0; i < 12; i++)
            await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Document {i}" }, Stop);
        var before = (await founder.Client.Audit.ListAsync(limit: 1000, stop: Stop)).Items.Select(e => e.Id).ToList();

        var paged = new List<Guid>();
        // Each page that is read adds an event, in front of all.
        await foreach (var found in founder.Client.Audit.WalkAsync(pageSize: 5, stop: Stop))
            paged.Add(found.Id);

        Assert.Equal(before, paged.Where(before.Contains));
        Assert.Equal(paged.Count, paged.Distinct().Count());
        var oldest = await founder.Client.Audit.ListAsync(new AuditFilter { Sort = "created_at" }, limit: 3, offset: 1, stop: Stop);
        Assert.Equal(before.AsEnumerable().Reverse().Skip(1).Take(3), oldest.Items.Select(e => e.Id));
    }

    [Theory, EveryShape]
    public async Task What_no_list_can_do_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        foreach (var query in new[] { "limit=0", "limit=1001", "offset=-1", "cursor=x", "sort=action", "actor_type=robot", "severity=loud", "outcome=maybe", "actor_user_id=me", "start_date=yesterday", "sort=created_at&cursor=AAYhXw4RAAABk_f7sAB_7LqSvXp1OQAA" })
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Get, $"api/audit/logs?{query}"));
    }
}
