using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Features.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Conversations of two, coming and going, and threads at rest.</summary>
public sealed class PeopleMeet(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Two_people_have_one_conversation_also_if_both_begin_at_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (other, third) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"));

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => new[] { founder.Client.Chat.OpenDirectAsync(other.Id, Stop), other.Client.Chat.OpenDirectAsync(founder.Id, Stop) }));

        var thread = Assert.Single(opened.Select(o => o.Value.Id).Distinct());
        Assert.True(opened[0].Value is { IsDirect: true, IsPrivate: true, Participants.Count: 2 });
        await server.RefusesAsync(founder, 404, "resource.not_found", () => third.Client.Chat.GetThreadAsync(thread, Stop));
        await server.RefusesAsync(founder, 409, "chat.thread_is_direct", () => founder.Client.Chat.AddParticipantAsync(thread, third.Id, Stop));
        await server.RefusesAsync(founder, 409, "chat.thread_is_direct", () => founder.Client.Chat.RemoveParticipantAsync(thread, founder.Id, Stop));
        await server.RefusesAsync(founder, 400, "chat.participant_not_member", () => founder.Client.Chat.OpenDirectAsync(founder.Id, Stop));
        await founder.SayAsync(thread, "Between us");

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, other.Id, Stop);
        await server.RefusesAsync(founder, 400, "chat.participant_not_member", () => founder.Client.Chat.OpenDirectAsync(other.Id, Stop));
        await founder.Client.Organizations.AddMemberAsync(founder.OrganizationId, other.Id, "member", Stop);
        Assert.NotEqual(thread, (await founder.Client.Chat.OpenDirectAsync(other.Id, Stop)).Value.Id);
    }

    [Theory, EveryShape]
    public async Task Coming_and_going_is_told(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync(isPrivate: true);
        using var listening = await RawSocket.OpenAsync(server, founder, null);

        await founder.Client.Chat.AddParticipantAsync(thread.Id, member.Id, Stop);
        await member.Client.Chat.RemoveParticipantAsync(thread.Id, member.Id, Stop);

        var frames = await listening.UntilAsync(f => f.Type == ChatFrameTypes.Leave);
        Assert.Equal([(ChatFrameTypes.Join, (Guid?)member.Id), (ChatFrameTypes.Leave, member.Id)], frames.Select(f => (f.Type, f.UserId)));
    }

    [Theory, EveryShape]
    public async Task An_archived_thread_is_read_and_not_written_to(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();
        var message = await founder.SayAsync(thread.Id, "Last");
        await founder.Client.Chat.UpdateThreadAsync(thread.Id, new UpdateThreadRequest { IsArchived = true }, stop: Stop);
        using var socket = await RawSocket.OpenAsync(server, founder, thread.Id);

        await server.RefusesAsync(founder, 409, "chat.thread_archived", () => founder.SayAsync(thread.Id, "More"));
        await server.RefusesAsync(founder, 409, "chat.thread_archived", () => founder.Client.Chat.EditAsync(message.Id, "Other", stop: Stop));
        await server.RefusesAsync(founder, 409, "chat.thread_archived", () => founder.Client.Chat.ReactAsync(message.Id, "👍", Stop));
        Assert.Equal("chat.thread_archived", (await socket.ErrorToAsync("""{"type":"message","data":{"content":"More"}}""")).Code);
        Assert.Empty((await founder.Client.Chat.ListThreadsAsync(stop: Stop)).Items);
        Assert.Equal(thread.Id, Assert.Single((await founder.Client.Chat.ListThreadsAsync(archived: true, stop: Stop)).Items).Id);
        Assert.Equal("Last", Assert.Single((await founder.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items).Content);

        await founder.Client.Chat.UpdateThreadAsync(thread.Id, new UpdateThreadRequest { IsArchived = false }, stop: Stop);
        Assert.Equal(2, (await founder.SayAsync(thread.Id, "More")).SequenceNumber);
    }

    [Theory, EveryShape]
    public async Task Resuming_says_so_where_messages_were_removed_meanwhile(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();
        foreach (var n in Enumerable.Range(1, 5))
            await founder.SayAsync(thread.Id, $"Number {n}");
        // Past the routes: nobody waits for a retention to be over.
        await server.ReadAsync(async db =>
        {
            await db.Set<Message>().IgnoreQueryFilters().Where(m => m.ThreadId == thread.Id && m.SequenceNumber <= 3).ExecuteDeleteAsync(Stop);
            return await db.Set<ChatThread>().IgnoreQueryFilters().Where(t => t.Id == thread.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.RemovedTo, 3), Stop);
        });
        using var socket = await RawSocket.OpenAsync(server, founder, null);
        async Task<(bool?, int)> ResumeAsync(long after)
        {
            await socket.SendAsync($$"""{"type":"resume","thread_id":"{{thread.Id}}","after":{{after}}}""");
            var frames = await socket.UntilAsync(f => f.Type == ChatFrameTypes.Resumed);
            return (frames[^1].Recovered, frames.Count - 1);
        }

        Assert.Equal((false, 2), await ResumeAsync(1));
        Assert.Equal((true, 2), await ResumeAsync(3));
        var shown = (await founder.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value;
        Assert.Equal((2, 2), (shown.MessageCount, shown.UnreadCount));
        Assert.Equal([4L, 5L], (await founder.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items.Select(m => m.SequenceNumber));
    }
}
