using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Threads: who knows of them, who takes part, and who may change them.</summary>
public sealed class ThreadsAreKept(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_public_thread_is_read_by_every_member_and_by_no_stranger(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, stranger) = (await founder.AddMemberAsync("member"), await Person.FounderAsync(server));
        var created = await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Open", Description = "To all", Participants = [member.Id, member.Id] }, Stop);

        var read = await member.Client.Chat.GetThreadAsync(created.Value.Id, Stop);
        Assert.Equal((created.Value.AsJson(), created.ETag), (read.Value.AsJson(), read.ETag));
        Assert.Equal(new[] { founder.Id, member.Id }.Order(), read.Value.Participants.Order());
        Assert.Equal(created.Value.Id, (await member.Client.Chat.ListThreadsAsync(stop: Stop)).Items.Single().Id);
        await AssertUnknownTo(server, founder, stranger, created.Value.Id, await founder.SayAsync(created.Value.Id, "Hello"));
    }

    [Theory, EveryShape]
    public async Task A_private_thread_does_not_exist_for_outsiders_whatever_their_role(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (insider, admin) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("admin"));
        var thread = await founder.OpenThreadAsync(isPrivate: true, insider.Id);
        var message = await founder.SayAsync(thread.Id, "Between us");
        Assert.Equal("Between us", (await insider.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items.Single().Content);

        await AssertUnknownTo(server, founder, admin, thread.Id, message);
        await founder.Client.Chat.AddParticipantAsync(thread.Id, admin.Id, Stop);
        Assert.Equal(3, (await admin.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value.Participants.Count);
        await founder.Client.Chat.RemoveParticipantAsync(thread.Id, admin.Id, Stop);
        await AssertUnknownTo(server, founder, admin, thread.Id, message);
    }

    [Theory, EveryShape]
    public async Task Participants_are_members_who_come_and_go(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (one, two, stranger) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"), await Person.FounderAsync(server));
        await server.RefusesAsync(founder, 400, ErrorCodes.ParticipantNotMember, () => founder.OpenThreadAsync(isPrivate: true, stranger.Id));
        var thread = await founder.OpenThreadAsync(isPrivate: true, one.Id);

        await server.RefusesAsync(founder, 400, ErrorCodes.ParticipantNotMember, () => founder.Client.Chat.AddParticipantAsync(thread.Id, stranger.Id, Stop));
        await one.Client.Chat.AddParticipantAsync(thread.Id, two.Id, Stop);
        await server.RefusesAsync(one, 403, ErrorCodes.NotAuthor, () => one.Client.Chat.RemoveParticipantAsync(thread.Id, two.Id, Stop));
        await two.Client.Chat.RemoveParticipantAsync(thread.Id, two.Id, Stop);
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Chat.RemoveParticipantAsync(thread.Id, two.Id, Stop));

        var before = await StoredRows.OfAsync(server, founder.OrganizationId);
        await founder.Client.Chat.AddParticipantAsync(thread.Id, one.Id, Stop);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Its_opener_or_a_moderator_changes_and_removes_a_thread(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (opener, other, viewer) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"), await founder.AddMemberAsync("viewer"));
        var created = await opener.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Plan", Description = "Draft" }, Stop);
        var id = created.Value.Id;

        var renamed = await opener.Client.Chat.UpdateThreadAsync(id, new UpdateThreadRequest { Name = "Plan B" }, created.ETag, Stop);
        Assert.Equal(("Plan B", "Draft"), (renamed.Value.Name, renamed.Value.Description));
        using var _ = await opener.AskAsync(HttpMethod.Put, $"api/chat/threads/{id}", Refusals.Json("""{"description":null}"""));
        Assert.Null((await opener.Client.Chat.GetThreadAsync(id, Stop)).Value.Description);

        await server.RefusesAsync(opener, 412, ErrorCodes.PreconditionFailed, () => opener.Client.Chat.UpdateThreadAsync(id, new UpdateThreadRequest { Name = "Lost" }, created.ETag, Stop));
        await server.RefusesAsync(opener, 400, ErrorCodes.RequestInvalid, () => opener.AskAsync(HttpMethod.Put, $"api/chat/threads/{id}", Refusals.Json("""{"name":null}""")));
        await server.RefusesAsync(opener, 400, ErrorCodes.RequestInvalid, () => opener.AskAsync(HttpMethod.Post, "api/chat/threads", Refusals.Json("""{"name":" "}""")));
        await server.RefusesAsync(other, 403, ErrorCodes.NotAuthor, () => other.Client.Chat.UpdateThreadAsync(id, new UpdateThreadRequest { Name = "Mine" }, stop: Stop));
        await server.RefusesAsync(other, 403, ErrorCodes.NotAuthor, () => other.Client.Chat.DeleteThreadAsync(id, stop: Stop));
        await server.RefusesAsync(viewer, 403, ErrorCodes.PermissionDenied, () => viewer.OpenThreadAsync());
        await server.RefusesAsync(viewer, 403, ErrorCodes.PermissionDenied, () => viewer.SayAsync(id, "Hello"));

        Assert.Equal("Moderated", (await founder.Client.Chat.UpdateThreadAsync(id, new UpdateThreadRequest { Name = "Moderated" }, stop: Stop)).Value.Name);
        await opener.Client.Chat.DeleteThreadAsync(id, stop: Stop);
        await server.RefusesAsync(opener, 404, ErrorCodes.NotFound, () => opener.Client.Chat.GetThreadAsync(id, Stop));
    }

    private static async Task AssertUnknownTo(RunningServer server, Person inside, Person outside, Guid thread, MessageView message)
    {
        var chat = outside.Client.Chat;
        Func<Task>[] doors =
        [
            () => chat.GetThreadAsync(thread, Stop),
            () => chat.UpdateThreadAsync(thread, new UpdateThreadRequest { Name = "Mine" }, stop: Stop),
            () => chat.DeleteThreadAsync(thread, stop: Stop),
            () => chat.AddParticipantAsync(thread, outside.Id, Stop),
            () => chat.RemoveParticipantAsync(thread, inside.Id, Stop),
            () => outside.SayAsync(thread, "Hello"),
            () => chat.ListMessagesAsync(thread, stop: Stop),
            () => chat.MarkReadAsync(thread, 1, Stop),
            () => chat.ListRepliesAsync(message.Id, stop: Stop),
            () => chat.EditAsync(message.Id, "Mine", stop: Stop),
            () => chat.DeleteAsync(message.Id, stop: Stop),
        ];
        foreach (var door in doors)
            await server.RefusesAsync(inside, 404, ErrorCodes.NotFound, door);
        Assert.DoesNotContain((await chat.ListThreadsAsync(stop: Stop)).Items, t => t.Id == thread);
        using var socket = await RawSocket.OpenAsync(server, thread, bearer: outside.Session.AccessToken);
        Assert.Equal(ChatCloseCodes.NoSuchThread, await socket.UntilClosedAsync());
    }
}
