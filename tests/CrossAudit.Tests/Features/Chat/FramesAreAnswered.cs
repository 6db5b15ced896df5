using System.Net.WebSockets;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Frames, good and bad: a bad one is answered, it does not close.</summary>
public sealed class FramesAreAnswered(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_bad_frame_is_answered_and_the_socket_goes_on(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();
        using var socket = await RawSocket.OpenAsync(server, founder, null);
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        foreach (var bad in new[] { "no JSON", "", "[]", "null", "1", "{}", """{"type":"dance"}""", """{"type":7}""", """{"type":"message","data":7}""", """{"type":"read"}""", """{"type":"resume","after":1}""", $$"""{"type":"resume","thread_id":"{{thread.Id}}","after":-1}""" })
            Assert.Equal(ErrorCodes.FrameInvalid, (await socket.ErrorToAsync(bad)).Code);
        await socket.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal(ChatFrameTypes.Error, (await socket.ReadAsync())!.Type);
        Assert.Equal((ErrorCodes.ThreadRequired, "c1"), Of(await socket.ErrorToAsync("""{"type":"message","data":{"content":"Hello","client_id":"c1"}}""")));
        Assert.Equal(ErrorCodes.ThreadRequired, (await socket.ErrorToAsync("""{"type":"typing"}""")).Code);
        Assert.Equal((ErrorCodes.NotFound, "c2"), Of(await socket.ErrorToAsync($$$"""{"type":"message","thread_id":"{{{Guid.CreateVersion7()}}}","data":{"content":"Hello","client_id":"c2"}}""")));
        Assert.Equal((ErrorCodes.RequestInvalid, "c3"), Of(await socket.ErrorToAsync(Message(thread.Id, new string('x', 32_001), "c3"))));
        Assert.Equal((ErrorCodes.RequestInvalid, "c4"), Of(await socket.ErrorToAsync(Message(thread.Id, "", "c4"))));
        Assert.Equal((ErrorCodes.RequestInvalid, "c5"), Of(await socket.ErrorToAsync(Message(thread.Id, "a\\u0000b", "c5"))));
        Assert.Equal((ErrorCodes.ParentNotInThread, "c6"), Of(await socket.ErrorToAsync($$$"""{"type":"message","thread_id":"{{{thread.Id}}}","data":{"content":"Hello","client_id":"c6","parent_message_id":"{{{Guid.CreateVersion7()}}}"}}""")));
        Assert.Equal(ErrorCodes.Unauthenticated, (await socket.ErrorToAsync("""{"type":"auth","token":"nonsense"}""")).Code);

        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
        await socket.ListensAsync();
        await socket.SendAsync(Message(thread.Id, new string('x', 32_000), "c7"));
        await socket.UntilAsync(f => f.Type == ChatFrameTypes.Ack);
    }

    [Theory, EveryShape]
    public async Task A_viewer_hears_and_does_not_speak(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");
        var thread = await founder.OpenThreadAsync();
        using var socket = await RawSocket.OpenAsync(server, viewer, thread.Id);

        Assert.Equal(ErrorCodes.PermissionDenied, (await socket.ErrorToAsync("""{"type":"message","data":{"content":"Hello"}}""")).Code);
        Assert.Equal(0, (await founder.Client.Chat.GetThreadAsync(thread.Id, Stop)).Value.MessageCount);
        await founder.SayAsync(thread.Id, "Hello");
        Assert.Equal(ChatFrameTypes.Message, (await socket.ReadAsync())!.Type);
    }

    [Theory, EveryShape]
    public async Task A_frame_over_256_KiB_closes_with_1009(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        using var socket = await RawSocket.OpenAsync(server, founder, null);

        Assert.Equal(ErrorCodes.FrameInvalid, (await socket.ErrorToAsync(new string(' ', 256 * 1024))).Code);
        await socket.SendAsync(new string(' ', (256 * 1024) + 1));
        Assert.Equal(1009, await socket.UntilClosedAsync());
    }

    private static string Message(Guid thread, string content, string clientId) =>
        $$$"""{"type":"message","thread_id":"{{{thread}}}","data":{"content":"{{{content}}}","client_id":"{{{clientId}}}"}}""";

    private static (string Code, string? ClientId) Of(FrameError error) => (error.Code, error.ClientId);
}
