using System.Net;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Messages: their place, their author's rights over them, and what stays of what they said.</summary>
public sealed class MessagesAreKept(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Sixty_four_senders_at_once_over_http_and_sockets_leave_no_gap(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        await using var socket = await member.Client.Chat.ConnectAsync(thread.Id, Stop);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async n => n % 2 == 0
            ? (await founder.SayAsync(thread.Id, $"Number {n}")).SequenceNumber
            : (await socket.SendAsync(new SendMessageRequest { Content = $"Number {n}" }, stop: Stop)).SequenceNumber));

        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long)n), numbers.Order());
        var stored = (await member.Client.Chat.ListMessagesAsync(thread.Id, limit: 100, stop: Stop)).Items;
        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long)n), stored.Select(m => m.SequenceNumber));
        Assert.Equal(64, stored.Select(m => m.Content).Distinct().Count());
        Assert.Equal(64, (await founder.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value.MessageCount);
    }

    [Theory, EveryShape]
    public async Task A_client_id_is_stored_once_also_twice_at_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();

        var first = await founder.SayAsync(thread.Id, "Once", "mine");
        using var again = await founder.AskAsync(HttpMethod.Post, $"api/chat/threads/{thread.Id}/messages", Refusals.Json("""{"content":"Twice","client_id":"mine"}"""));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(first.AsJson(), (await founder.SayAsync(thread.Id, "Twice", "mine")).AsJson());
        Assert.NotEqual(first.Id, (await member.SayAsync(thread.Id, "Another's", "mine")).Id);

        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => founder.SayAsync(thread.Id, "At once", "together")));
        Assert.Equal(3, Assert.Single(together.Select(m => m.SequenceNumber).Distinct()));
        Assert.Equal(4, (await founder.SayAsync(thread.Id, "Next")).SequenceNumber);
        var stored = (await founder.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items;
        Assert.Equal(["Once", "Another's", "At once", "Next"], stored.Select(m => m.Content));
    }

    [Theory, EveryShape]
    public async Task Replies_are_listed_and_stay_within_the_thread(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (thread, other) = (await founder.OpenThreadAsync(), await founder.OpenThreadAsync());
        var question = await founder.SayAsync(thread.Id, "Why?");
        Task<MessageView> ReplyAsync(Guid to, string content) => founder.Client.Chat.SendAsync(to, new SendMessageRequest { Content = content, ParentMessageId = question.Id }, Stop);

        await ReplyAsync(thread.Id, "Because");
        await ReplyAsync(thread.Id, "Therefore");
        await founder.SayAsync(thread.Id, "By the way");

        Assert.Equal(["Because", "Therefore"], (await founder.Client.Chat.ListRepliesAsync(question.Id, stop: Stop)).Items.Select(m => m.Content));
        await server.RefusesAsync(founder, 400, ErrorCodes.ParentNotInThread, () => ReplyAsync(other.Id, "Elsewhere"));
    }

    [Theory, EveryShape]
    public async Task Pages_go_before_and_after_a_message(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = await founder.OpenThreadAsync();
        for (var n = 1; n <= 9; n++)
            await founder.SayAsync(thread.Id, $"Number {n}");
        async Task<(string Numbers, int? Total)> ListAsync(int limit, long? before = null, long? after = null)
        {
            var page = await founder.Client.Chat.ListMessagesAsync(thread.Id, limit, before: before, after: after, stop: Stop);
            return (string.Join(' ', page.Items.Select(m => m.SequenceNumber)), page.Meta.Total);
        }

        Assert.Equal(("1 2 3", 9), await ListAsync(3));
        Assert.Equal(("5 6 7", 5), await ListAsync(3, after: 4));
        Assert.Equal(("5 6 7", 7), await ListAsync(3, before: 8));
        Assert.Equal(("4 5", 2), await ListAsync(3, before: 6, after: 3));
        Assert.Equal(("", 0), await ListAsync(3, after: 9));
    }

    [Theory, EveryShape]
    public async Task Its_author_or_a_moderator_edits_and_deletes_and_what_it_said_is_kept(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (author, other) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"));
        var thread = await founder.OpenThreadAsync();
        var message = await author.SayAsync(thread.Id, "First");
        await server.RefusesAsync(other, 403, ErrorCodes.NotAuthor, () => other.Client.Chat.EditAsync(message.Id, "Mine", stop: Stop));
        await server.RefusesAsync(other, 403, ErrorCodes.NotAuthor, () => other.Client.Chat.DeleteAsync(message.Id, stop: Stop));
        await server.RefusesAsync(author, 400, ErrorCodes.RequestInvalid, () => author.Client.Chat.EditAsync(message.Id, "", stop: Stop));

        var edited = await author.Client.Chat.EditAsync(message.Id, "Second", stop: Stop);
        Assert.Equal(("Second", 1L), (edited.Content, edited.SequenceNumber));
        Assert.NotNull(edited.EditedAt);
        await founder.Client.Chat.DeleteAsync(message.Id, stop: Stop);

        var tombstone = (await other.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items.Single();
        Assert.Equal((message.Id, null, 1L), (tombstone.Id, tombstone.Content, tombstone.SequenceNumber));
        Assert.NotNull(tombstone.DeletedAt);
        await server.RefusesAsync(author, 409, ErrorCodes.MessageDeleted, () => author.Client.Chat.EditAsync(message.Id, "Third", stop: Stop));
        await server.RefusesAsync(author, 409, ErrorCodes.MessageDeleted, () => author.Client.Chat.DeleteAsync(message.Id, stop: Stop));
        var kept = await server.ReadAsync(db => db.Set<MessageRevision>().IgnoreQueryFilters().Where(r => r.MessageId == message.Id).OrderBy(r => r.Id).ToListAsync(Stop));
        Assert.Equal([("First", author.Id), ("Second", founder.Id)], kept.Select(r => (r.Content, r.ReplacedBy)));
    }

    [Theory, EveryShape]
    public async Task Html_is_kept_as_sent_and_served_without_what_could_run(Shape shape)
    {
        const string Sent = "<p onclick=\"steal()\">Hello <b>you</b><script>steal()</script><img src=x onerror=steal()><a href=\"javascript:steal()\">x</a></p>";
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();

        var sent = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = Sent, ContentType = MessageContentType.Html }, Stop);
        var text = await founder.SayAsync(thread.Id, Sent);

        Assert.Contains("<b>you</b>", sent.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("steal", sent.Content, StringComparison.Ordinal);
        Assert.Equal(Sent, text.Content);
        Assert.Equal(Sent, await server.ReadAsync(db => db.Set<Message>().IgnoreQueryFilters().Where(m => m.Id == sent.Id).Select(m => m.Content).SingleAsync(Stop)));
    }

    [Theory, EveryShape]
    public async Task Read_marks_count_what_is_unread_and_never_move_back(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        for (var n = 1; n <= 3; n++)
            await founder.SayAsync(thread.Id, $"Number {n}");
        async Task<int> UnreadAsync() => (await member.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value.UnreadCount;

        Assert.Equal(3, await UnreadAsync());
        foreach (var (mark, unread) in new[] { (2L, 1), (1L, 1), (1_000_000L, 0), (0L, 0) })
        {
            await member.Client.Chat.MarkReadAsync(thread.Id, mark, Stop);
            Assert.Equal(unread, await UnreadAsync());
        }
        Assert.Equal(3, (await founder.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value.UnreadCount);
    }
}
