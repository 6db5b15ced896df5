using CrossAudit.Contracts;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Messages are found by their words by those who may read them, and moderators read what they said before.</summary>
public sealed class MessagesAreFound(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task By_words_in_any_form_by_phrases_and_without_what_is_excluded(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = await founder.OpenThreadAsync();
        var first = await founder.SayAsync(thread.Id, "The approvals were granted in Zürich.");
        var second = await founder.SayAsync(thread.Id, "Granted by whom? The risk committee.");
        async Task<Guid[]> FoundAsync(string query) => [.. (await founder.Client.Chat.SearchAsync(query, stop: Stop)).Items.Select(m => m.Id)];

        Assert.Equal([first.Id], await FoundAsync("approval zurich"));
        Assert.Equal([second.Id, first.Id], await FoundAsync("grant"));
        Assert.Equal([second.Id], await FoundAsync("granted -zürich"));
        Assert.Equal([second.Id], await FoundAsync("\"risk committee\""));
        Assert.Empty(await FoundAsync("\"committee risk\""));
        Assert.Empty(await FoundAsync("the"));
        Assert.Empty(await FoundAsync("\"'); -- % _ \\"));
        Assert.Equal([second.Id], (await founder.Client.Chat.SearchAsync("granted", thread.Id, founder.Id, limit: 1, stop: Stop)).Items.Select(m => m.Id));

        await founder.Client.Chat.EditAsync(first.Id, "The refusals were granted in Bern.", stop: Stop);
        await founder.Client.Chat.DeleteAsync(second.Id, stop: Stop);
        Assert.Equal([first.Id], await FoundAsync("bern"));
        Assert.Empty(await FoundAsync("zürich"));
        Assert.Empty(await FoundAsync("committee"));
    }

    [Theory, EveryShape]
    public async Task Only_by_those_who_may_read_the_thread(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (insider, outsider, stranger) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("admin"), await Person.FounderAsync(server));
        var secret = await founder.OpenThreadAsync(isPrivate: true, insider.Id);
        var message = await founder.SayAsync(secret.Id, "The heron flies at dawn");

        Assert.Equal(message.Id, (await insider.Client.Chat.SearchAsync("heron", stop: Stop)).Items.Single().Id);
        foreach (var other in new[] { outsider, stranger })
            Assert.Equal((0, 0), (await other.Client.Chat.SearchAsync("heron", stop: Stop)) is var found ? (found.Items.Count, found.Meta.Total) : default);
    }

    [Theory, EveryShape]
    public async Task A_moderator_reads_what_a_message_said_and_each_reading_is_recorded(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (author, reader) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"));
        var thread = await founder.OpenThreadAsync();
        var message = await author.SayAsync(thread.Id, "One");
        await author.Client.Chat.EditAsync(message.Id, "Two", stop: Stop);
        await founder.Client.Chat.DeleteAsync(message.Id, stop: Stop);

        await server.RefusesAsync(founder, 403, "access.permission_denied", () => reader.Client.Chat.ListHistoryAsync(message.Id, stop: Stop));
        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MessageHistoryRead));
        var history = (await founder.Client.Chat.ListHistoryAsync(message.Id, stop: Stop)).Items;

        Assert.Equal([("One", author.Id), ("Two", founder.Id)], history.Select(h => (h.Content, h.ReplacedBy)));
        var read = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.MessageHistoryRead));
        Assert.Equal((founder.Id, message.Id.ToString()), (read.ActorUserId, read.ResourceId));
    }
}
