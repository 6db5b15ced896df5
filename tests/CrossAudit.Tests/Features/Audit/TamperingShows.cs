using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>The database refuses to change the trail; and somebody who can get around that, with all rights on the database, is found out.</summary>
public sealed class TamperingShows(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_database_refuses_to_change_or_delete_what_is_in_the_trail(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await founder.UntilSealedAsync();
        var id = (await EventAsync(server, founder, 1)).Id;
        string[] forbidden =
        [
            "UPDATE audit_events SET action = 'document.read' WHERE id = {0}",
            "UPDATE audit_events SET entry = '{{}}' WHERE id = {0}",
            "UPDATE audit_events SET actor_user_id = NULL WHERE id = {0}",
            "UPDATE audit_events SET outcome = 'denied' WHERE id = {0}",
            "UPDATE audit_events SET sequence = 1000000 WHERE id = {0}",
            "UPDATE audit_events SET sequence = NULL WHERE id = {0}",
            "UPDATE audit_events SET actor_label = 'somebody@else.example' WHERE id = {0}",
            "UPDATE audit_events SET metadata = '{{}}' WHERE id = {0}",
            "DELETE FROM audit_events WHERE id = {0}",
            "UPDATE audit_trees SET size = 0 WHERE organization_id = {1}",
            "DELETE FROM audit_trees WHERE organization_id = {1}",
        ];
        if (shape == Shape.Full)
            forbidden = [.. forbidden, "TRUNCATE audit_events", "TRUNCATE audit_tiles"];

        foreach (var statement in forbidden)
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ExecuteAsync(server, statement, id, founder.OrganizationId));

        Assert.True((await founder.Client.Audit.VerifyAsync(Stop)).Holds);
    }

    [Theory, EveryShape]
    public async Task A_full_tile_cannot_be_changed_or_deleted(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await GrowAsync(founder, 270);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ExecuteAsync(server, "UPDATE audit_tiles SET hashes = hashes WHERE organization_id = {1}", Guid.Empty, founder.OrganizationId));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ExecuteAsync(server, "DELETE FROM audit_tiles WHERE organization_id = {1}", Guid.Empty, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Whoever_gets_around_the_triggers_is_told_on_with_the_event_that_was_touched(Shape shape)
    {
        await using var server = await servers.StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        await GrowAsync(founder, 300);
        await DropTriggersAsync(server, shape);

        await TellsAsync(server, founder, "event_altered", 5, "UPDATE audit_events SET action = 'document.read' WHERE id = {0}");
        await TellsAsync(server, founder, "event_altered", 6, "UPDATE audit_events SET entry = replace(entry, 'success', 'failure') WHERE id = {0}");
        await TellsAsync(server, founder, "details_altered", 7, "UPDATE audit_events SET ip_address = '192.0.2.99' WHERE id = {0}");
        await TellsAsync(server, founder, "details_altered", 8, "UPDATE audit_events SET salt = NULL WHERE id = {0}");
        await TellsAsync(server, founder, "event_missing", 9, "DELETE FROM audit_events WHERE id = {0}");
        var found = await founder.Client.Audit.VerifyAsync(Stop);
        Assert.Equal([5, 6, 7, 8, 9], found.Problems.Select(problem => problem.Sequence!.Value));
    }

    [Theory, EveryShape]
    public async Task A_deletion_is_not_passed_off_as_retention(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await GrowAsync(founder, 10);

        // No trigger has to be dropped for this: retention itself goes this way.
        await ExecuteAsync(server, "UPDATE audit_trees SET kept_from = 4 WHERE organization_id = {1}", Guid.Empty, founder.OrganizationId);
        await ExecuteAsync(server, "DELETE FROM audit_events WHERE organization_id = {1} AND sequence < 4", Guid.Empty, founder.OrganizationId);

        var found = await founder.Client.Audit.VerifyAsync(Stop);
        Assert.Equal((false, 0L), (found.Holds, found.RemovedEvents));
        Assert.Contains(found.Problems, problem => problem.Code == "retention_not_signed");
        Assert.Equal([0, 1, 2, 3], found.Problems.Where(problem => problem.Code == "event_missing").Select(problem => problem.Sequence!.Value));
    }

    [Theory, EveryShape]
    public async Task A_tree_that_makes_no_sense_is_told_and_not_a_fault(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await GrowAsync(founder, 3);

        await server.ReadAsync(db => db.Set<AuditTree>().Where(tree => tree.OrganizationId == founder.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(tree => tree.Edge, new byte[7]), Stop));

        Assert.Equal("tile_altered", Assert.Single((await founder.Client.Audit.VerifyAsync(Stop)).Problems).Code);
    }

    [Theory, EveryShape]
    public async Task A_tree_that_was_rewritten_with_its_events_gets_no_new_signature(Shape shape)
    {
        await using var server = await servers.StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        await GrowAsync(founder, 20);
        await DropTriggersAsync(server, shape);
        var before = await founder.UntilSealedAsync();

        // All that somebody with the database can do: change an event, and every hash above it.
        await server.ReadAsync(db => RewriteAsync(db, founder.OrganizationId));
        await founder.Client.Documents.CreateAsync(new() { Title = "One more" }, stop: Stop);

        var found = await founder.Client.Audit.VerifyAsync(Stop);
        Assert.Equal("root_mismatch", Assert.Single(found.Problems).Code);
        Assert.True(found.UnsealedEvents > 0);
        Assert.Equal(before.Checkpoint, (await founder.Client.Audit.GetCheckpointAsync(Stop)).Checkpoint);
    }

    private static async Task<int> RewriteAsync(AppDbContext db, Guid organization)
    {
        var events = await db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.OrganizationId == organization && e.Sequence != null).OrderBy(e => e.Sequence).ToListAsync(Stop);
        var edge = TreeEdge.OfNothing();
        foreach (var e in events)
        {
            var entry = e.Sequence == 3 ? e.Entry.Replace("success", "failure", StringComparison.Ordinal) : e.Entry;
            edge.Append(MerkleHash.Leaf(System.Text.Encoding.UTF8.GetBytes(entry)), []);
            if (e.Sequence == 3)
                await db.Database.ExecuteSqlAsync($"UPDATE audit_events SET entry = {entry}, outcome = 'failure' WHERE id = {e.Id}", Stop);
        }
        return await db.Set<AuditTree>().Where(tree => tree.OrganizationId == organization).ExecuteUpdateAsync(set => set.SetProperty(tree => tree.Edge, edge.Save()).SetProperty(tree => tree.Size, edge.Size), Stop);
    }

    private static async Task TellsAsync(RunningServer server, Person person, string code, long sequence, string statement)
    {
        var e = await EventAsync(server, person, sequence);
        await ExecuteAsync(server, statement, e.Id, person.OrganizationId);
        var found = await person.Client.Audit.VerifyAsync(Stop);
        Assert.False(found.Holds);
        Assert.Contains(found.Problems, problem => problem.Code == code && problem.Sequence == sequence && (problem.EventId == e.Id || code == "event_missing"));
    }

    private static async Task GrowAsync(Person person, int events)
    {
        await Task.WhenAll(Enumerable.Range(0, events).Select(n => person.Client.Documents.CreateAsync(new() { Title = $"Number {n}" }, stop: Stop)));
        await person.UntilSealedAsync();
    }

    private static Task<AuditEvent> EventAsync(RunningServer server, Person person, long sequence) =>
        server.ReadAsync(db => db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().SingleAsync(e => e.OrganizationId == person.OrganizationId && e.Sequence == sequence, Stop));

    private static Task<int> ExecuteAsync(RunningServer server, string statement, Guid id, Guid organization) =>
        server.ReadAsync(db => db.Database.ExecuteSqlRawAsync(statement, [id, organization], Stop));

    private static async Task DropTriggersAsync(RunningServer server, Shape shape)
    {
        foreach (var trigger in new[] { "audit_events_update", "audit_events_number", "audit_events_delete", "audit_trees_update" })
            await ExecuteAsync(server, $"DROP TRIGGER {trigger}{(shape == Shape.Full ? $" ON {trigger[..trigger.LastIndexOf('_')]}" : "")}", Guid.Empty, Guid.Empty);
    }
}
