using System.Net.Sockets;

namespace CrossAudit.Tests.Engines;

public sealed class EngineLifetimeTests(EngineSet engines)
{
    [Fact]
    public async Task A_disposed_engine_no_longer_listens()
    {
        _ = await engines.RedisAsync();
        var own = await RedisEngine.StartAsync();
        await ConnectAsync(own.Port);

        await own.DisposeAsync();

        await Assert.ThrowsAnyAsync<SocketException>(() => ConnectAsync(own.Port));
    }

    [Fact]
    public async Task An_engine_outlives_the_thread_that_asked_for_it()
    {
        _ = await engines.RedisAsync();
        Task<RedisEngine>? starting = null;
        var asking = new Thread(() => starting = RedisEngine.StartAsync());
        asking.Start();
        asking.Join();

        await using var own = await starting!;
        await ConnectAsync(own.Port);
        await own.RestartAsync();
        await ConnectAsync(own.Port);
    }

    [Fact]
    public async Task A_program_that_fails_is_quoted()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EngineProcess.RunAsync(new("/bin/sh", ["-c", "echo out of luck >&2; exit 3"], Path.GetTempPath())));

        Assert.Contains("code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("out of luck", failure.Message, StringComparison.Ordinal);
    }

    private static async Task ConnectAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
    }
}
