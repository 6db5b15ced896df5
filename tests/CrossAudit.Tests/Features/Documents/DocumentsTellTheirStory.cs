using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>How a document came to be what it is, for its readers; and who had to do with it, for those who read the trail.</summary>
public sealed class DocumentsTellTheirStory(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_reader_sees_each_change_with_what_was_before_and_why(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");
        var id = (await founder.UploadTextAsync("A text.", title: "Draft")).Id;
        await founder.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = "Policy", Reason = "Approved" }, stop: Stop);
        await founder.ContentAsync(id);

        var history = (await viewer.Client.Documents.ListHistoryAsync(id, stop: Stop)).Items;

        Assert.Equal([AuditActions.DocumentUpdated, AuditActions.DocumentVersionAdded, AuditActions.DocumentCreated], history.Select(change => change.Action));
        Assert.Equal(("Draft", "Policy"), ((string?)history[0].Changes!["title"]!["from"], (string?)history[0].Changes!["title"]!["to"]));
        Assert.Equal((founder.Id, "Approved"), (history[0].ActorUserId, (string?)history[0].Metadata!["reason"]));
        Assert.Equal([history[1].Id, history[2].Id], (await viewer.Client.Documents.ListHistoryAsync(id, limit: 2, offset: 1, stop: Stop)).Items.Select(change => change.Id));
    }

    [Theory, EveryShape]
    public async Task What_was_said_under_a_higher_label_stays_there(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var viewer = await founder.AddMemberAsync("viewer");
        var id = (await founder.UploadTextAsync("A text.", SensitivityLevel.Restricted, "The name of the whistleblower")).Id;
        await founder.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = "A report", SensitivityLevel = SensitivityLevel.Internal, Reason = "Made anonymous" }, stop: Stop);

        var history = await viewer.Client.Documents.ListHistoryAsync(id, stop: Stop);

        Assert.DoesNotContain("whistleblower", history.Items.AsJson(), StringComparison.Ordinal);
        Assert.Equal(3, history.Items.Count);
    }

    [Theory, EveryShape]
    public async Task The_access_log_names_readers_and_the_refused_and_tells_nobody_without_the_trail(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (manager, member, stranger) = (await founder.AddMemberAsync("manager"), await founder.AddMemberAsync("member"), await Person.FounderAsync(server));
        var id = (await founder.UploadTextAsync("A text.")).Id;
        await member.ContentAsync(id);

        var log = (await manager.Client.Documents.ListAccessLogAsync(id, stop: Stop)).Items;

        Assert.Contains(log, e => e.Action == AuditActions.DocumentDownloaded && e.ActorUserId == member.Id && e.ActorLabel == member.Email);
        Assert.All(log, e => Assert.Equal(id.ToString(), e.ResourceId));
        Assert.Contains((await manager.Client.Documents.ListAccessLogAsync(id, stop: Stop)).Items, e => e.Action == AuditActions.AuditRead && e.ActorUserId == manager.Id);
        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => member.Client.Documents.ListAccessLogAsync(id, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.ListAccessLogAsync(id, stop: Stop));
    }
}
