using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>A server that stops lets its sockets go in good order.</summary>
public sealed class ServerGoesAwayTests(ServerSet servers)
{
    [Fact]
    public async Task Its_sockets_are_closed_with_1001_so_that_clients_come_back()
    {
        var server = await servers.StartAsync(Shape.Embedded);
        var person = await Person.FounderAsync(server);
        await using var socket = await person.Client.Chat.ConnectAsync(stop: TestContext.Current.CancellationToken);
        await socket.PingAsync(TestContext.Current.CancellationToken);

        await server.DisposeAsync();

        Assert.Equal(1001, (await socket.Closed).Code);
    }
}
