using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>What reaches the sockets, live and by resuming.</summary>
public sealed class MessagesAreHeard(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Everybody_in_the_thread_hears_each_message_in_order_the_sender_too(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        using var listening = await RawSocket.OpenAsync(server, member, thread.Id);
        using var everywhere = await RawSocket.OpenAsync(server, member, null);
        await using var speaking = await founder.Client.Chat.ConnectAsync(thread.Id, Stop);

        await Task.WhenAll(Enumerable.Range(1, 40).Select(n => speaking.SendAsync(new SendMessageRequest { Content = $"Number {n}" }, stop: Stop))
            .Concat<Task>(Enumerable.Range(1, 40).Select(n => member.SayAsync(thread.Id, $"By HTTP {n}"))));

        foreach (var socket in new[] { listening, everywhere })
            Assert.Equal(Enumerable.Range(1, 80).Select(n => (long)n), await NumbersAsync(socket, 80));
        var own = await speaking.ReadAllAsync(Stop).Where(frame => frame.Type == ChatFrameTypes.Message).Take(80).Select(frame => frame.As<MessageView>().SequenceNumber).ToListAsync(Stop);
        Assert.Equal(Enumerable.Range(1, 80).Select(n => (long)n), own);
    }

    [Theory, EveryShape]
    public async Task Edits_deletions_typing_and_read_marks_are_told(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        using var listening = await RawSocket.OpenAsync(server, member, thread.Id);
        await using var speaking = await founder.Client.Chat.ConnectAsync(thread.Id, Stop);
        async Task<ServerFrame> NextAsync(string type)
        {
            var frame = (await listening.ReadAsync())!;
            Assert.Equal((type, thread.Id, founder.Id), (frame.Type, frame.ThreadId, frame.UserId));
            return frame;
        }

        await speaking.TypingAsync(stop: Stop);
        Assert.True((await NextAsync(ChatFrameTypes.Typing)).IsTyping);
        await speaking.TypingAsync(false, stop: Stop);
        Assert.False((await NextAsync(ChatFrameTypes.Typing)).IsTyping);
        var ack = await speaking.SendAsync(new SendMessageRequest { Content = "First", ClientId = "mine" }, stop: Stop);
        Assert.Equal(("mine", 1L), (ack.ClientId, ack.SequenceNumber));
        Assert.Equal((ack.Id, "First"), ((await NextAsync(ChatFrameTypes.Message)) is var sent ? sent.As<MessageView>().Id : default, sent.As<MessageView>().Content));
        await founder.Client.Chat.EditAsync(ack.Id, "Second", stop: Stop);
        Assert.Equal("Second", (await NextAsync(ChatFrameTypes.MessageUpdated)).As<MessageView>().Content);
        await speaking.MarkReadAsync(1, stop: Stop);
        Assert.Equal(1, (await NextAsync(ChatFrameTypes.Read)).SequenceNumber);
        await founder.Client.Chat.DeleteAsync(ack.Id, stop: Stop);
        Assert.Null((await NextAsync(ChatFrameTypes.MessageDeleted)).As<MessageView>().Content);
        await speaking.PingAsync(Stop);
        Assert.Equal(ack, await speaking.SendAsync(new SendMessageRequest { Content = "Again", ClientId = "mine" }, stop: Stop));
    }

    [Theory, EveryShape]
    public async Task Resuming_replays_in_order_and_holds_live_messages_back(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        await Task.WhenAll(Enumerable.Range(1, 450).Select(n => founder.SayAsync(thread.Id, $"Missed {n}")));
        using var single = await RawSocket.OpenAsync(server, member, thread.Id);
        using var everywhere = await RawSocket.OpenAsync(server, member, null);

        var live = Enumerable.Range(1, 50).Select(n => founder.SayAsync(thread.Id, $"Live {n}")).ToList();
        await single.SendAsync("""{"type":"resume","after":10}""");
        await everywhere.SendAsync($$"""{"type":"resume","thread_id":"{{thread.Id}}","after":10}""");
        await Task.WhenAll(live);

        foreach (var socket in new[] { single, everywhere })
        {
            // What was live before the replay began came first; from the replay's first message on there is no gap and no repeat.
            var frames = await socket.UntilAsync(f => f.Type == ChatFrameTypes.Resumed);
            Assert.True(frames[^1].Recovered);
            var replayed = frames.Where(f => f.Type == ChatFrameTypes.Message).Select(f => f.As<MessageView>().SequenceNumber).SkipWhile(n => n != 11).ToList();
            var rest = await NumbersAsync(socket, 500 - (int)replayed[^1]);
            Assert.Equal(Enumerable.Range(11, 490).Select(n => (long)n), replayed.Concat(rest));
        }
    }

    [Theory, EveryShape]
    public async Task The_socket_of_all_threads_hears_only_what_its_user_may(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (insider, outsider, stranger) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("admin"), await Person.FounderAsync(server));
        var secret = await founder.OpenThreadAsync(isPrivate: true, insider.Id);
        var open = await founder.OpenThreadAsync();
        using var inside = await RawSocket.OpenAsync(server, insider, null);
        using var outside = await RawSocket.OpenAsync(server, outsider, null);
        using var elsewhere = await RawSocket.OpenAsync(server, stranger, null);

        var message = await founder.SayAsync(secret.Id, "Between us");
        await founder.Client.Chat.EditAsync(message.Id, "Still between us", stop: Stop);
        await founder.Client.Chat.MarkReadAsync(secret.Id, 1, Stop);
        await founder.SayAsync(open.Id, "To all");

        Assert.Equal([secret.Id, secret.Id, secret.Id, open.Id], (await inside.UntilAsync(f => f.ThreadId == open.Id)).Select(f => f.ThreadId!.Value));
        Assert.Equal([open.Id], (await outside.UntilAsync(f => f.ThreadId == open.Id)).Select(f => f.ThreadId!.Value));
        var own = await stranger.OpenThreadAsync();
        await stranger.SayAsync(own.Id, "Mine");
        Assert.Equal([own.Id], (await elsewhere.UntilAsync(f => f.ThreadId == own.Id)).Select(f => f.ThreadId!.Value));
    }

    private static async Task<List<long>> NumbersAsync(RawSocket socket, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count)
            if (await socket.ReadAsync() is { Type: ChatFrameTypes.Message } frame)
                numbers.Add(frame.As<MessageView>().SequenceNumber);
        return numbers;
    }
}
