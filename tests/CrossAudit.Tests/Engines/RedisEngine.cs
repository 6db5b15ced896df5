using System.Globalization;
using System.Net.Sockets;

namespace CrossAudit.Tests.Engines;

/// <summary>A Redis of the tests; it writes nothing to disk, so a restart empties it.</summary>
public sealed class RedisEngine : Engine
{
    private static readonly string? Program = Executable.Find("redis-server");

    private RedisEngine()
    {
    }

    /// <summary>Its address, as <c>REDIS_URL</c> takes it.</summary>
    public string Url => $"redis://127.0.0.1:{Port}";

    private protected override EngineCommand Command => new(
        Program!,
        ["--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", Folder],
        Folder);

    /// <summary>Whether the program is on this machine; if not, what to do about it.</summary>
    public static bool IsInstalled(out string why)
    {
        why = Program is null ? "Redis was not found: apt-get install redis-server" : "";
        return why.Length == 0;
    }

    /// <summary>Starts an empty Redis and returns when it answers.</summary>
    public static Task<RedisEngine> StartAsync() =>
        IsInstalled(out var why) ? StartedAsync(new RedisEngine(), () => Task.CompletedTask) : throw new InvalidOperationException(why);

    private protected override async Task PingAsync(CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), stop);
        using var reader = new StreamReader(stream);
        if (await reader.ReadLineAsync(stop) is not "+PONG")
            throw new IOException("Redis answered, but not to PING.");
    }
}
