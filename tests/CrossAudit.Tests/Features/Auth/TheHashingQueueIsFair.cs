using System.Net;
using System.Net.Sockets;
using System.Text;
using CrossAudit.Server.Features.Auth;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class TheHashingQueueIsFair(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_source_has_its_turn()
    {
        var queue = new FairQueue<string>(10);
        foreach (var item in new[] { "a1", "a2", "a3", "b1", "b2", "c1" })
            Assert.True(queue.TryAdd(item[..1], item, out _));

        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3"], Enumerable.Range(0, 6).Select(_ => queue.Take()!));
    }

    [Fact]
    public void Whoever_has_most_in_a_full_queue_makes_room_for_who_has_less()
    {
        var queue = new FairQueue<string>(4);
        foreach (var item in new[] { "a1", "a2", "a3", "a4" })
            Assert.True(queue.TryAdd("a", item, out _));

        Assert.False(queue.TryAdd("a", "a5", out _));
        Assert.True(queue.TryAdd("b", "b1", out var first));
        Assert.True(queue.TryAdd("b", "b2", out var second));
        Assert.False(queue.TryAdd("b", "b3", out _));

        Assert.Equal(("a4", "a3"), (first, second));
        Assert.Equal(["a1", "b1", "a2", "b2"], Enumerable.Range(0, 4).Select(_ => queue.Take()!));
    }

    [Fact]
    public async Task A_flood_from_one_source_is_refused_and_others_are_served_before_it()
    {
        using var lane = new HashingLane();
        using var held = new ManualResetEventSlim();
        var order = new System.Collections.Concurrent.ConcurrentQueue<string>();
        // Every thread is busy, and then the queue is full.
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => lane.RunAsync("flood", () => { held.Wait(Stop); return 0; }, Stop)).ToList();
        var flood = Enumerable.Range(0, 100).Select(_ => lane.RunAsync("flood", () => { order.Enqueue("flood"); return 0; }, Stop)).ToList();

        var other = lane.RunAsync("other", () => { order.Enqueue("other"); return 1; }, Stop);
        held.Set();

        Assert.Equal(1, await other);
        var refused = 0;
        foreach (var attempt in flood)
            refused += await Record.ExceptionAsync(() => attempt) is ServerBusyException ? 1 : 0;
        await Task.WhenAll(busy);
        Assert.InRange(refused, 100 - 64, 100);
        Assert.InRange(order.ToList().IndexOf("other"), 0, 2 * Environment.ProcessorCount);
    }

    [Fact]
    public async Task Whoever_sends_a_body_slowly_holds_no_place()
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);
        var slow = new List<TcpClient>();
        for (var i = 0; i < 80; i++)
            slow.Add(await HalfARequestAsync(server));

        using var answer = await server.LoginAsync(founder.Email, Person.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        slow.ForEach(client => client.Dispose());
    }

    private static async Task<TcpClient> HalfARequestAsync(RunningServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, Stop);
        var head = $"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"email\":";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Stop);
        return client;
    }
}
