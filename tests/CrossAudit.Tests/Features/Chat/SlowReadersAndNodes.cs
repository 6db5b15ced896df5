using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>A reader that does not read, and a thread whose people are on two nodes.</summary>
public sealed class SlowReadersAndNodes(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_socket_that_never_reads_is_ended_and_nobody_else_notices(Shape shape)
    {
        // A server of its own: 50 MB of messages are no company for other tests.
        await using var server = await servers.StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        using var slow = await RawSocket.OpenAsync(server, member, thread.Id);
        using var quick = await RawSocket.OpenAsync(server, member, thread.Id);
        await using var speaking = await founder.Client.Chat.ConnectAsync(thread.Id, Stop);
        const int Count = 1700;
        var heard = quick.UntilAsync(f => f.Type == ChatFrameTypes.Message && f.As<MessageView>().SequenceNumber == Count);

        var content = new string('x', 30_000);
        for (var sent = 0; sent < Count; sent += 50)
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => speaking.SendAsync(new SendMessageRequest { Content = content }, stop: Stop)));

        Assert.Equal(Count, (await heard).Count(f => f.Type == ChatFrameTypes.Message));
        // A peer that takes not even the close is dropped: then the code cannot reach it.
        int? code;
        try
        {
            code = await slow.UntilClosedAsync();
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            code = null;
        }
        Assert.Contains(code, new int?[] { ChatCloseCodes.TooSlow, null });
    }

    [Fact]
    public async Task A_message_posted_on_one_node_reaches_a_socket_on_the_other()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var two = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        using var here = await RawSocket.OpenAsync(one, member, thread.Id);
        using var there = await RawSocket.OpenAsync(two, member, thread.Id);

        await using var speaking = await founder.Client.Chat.ConnectAsync(thread.Id, Stop);
        await Task.WhenAll(Enumerable.Range(1, 30).Select(n => speaking.SendAsync(new SendMessageRequest { Content = $"Number {n}" }, stop: Stop)));
        foreach (var socket in new[] { here, there })
        {
            var numbers = (await socket.UntilAsync(f => f.Type == ChatFrameTypes.Message && f.As<MessageView>().SequenceNumber == 30)).Select(f => f.As<MessageView>().SequenceNumber);
            Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), numbers);
        }

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);
        Assert.Equal(ChatCloseCodes.NotAllowed, await there.UntilClosedAsync());
        Assert.Equal(ChatCloseCodes.NotAllowed, await here.UntilClosedAsync());
    }
}
