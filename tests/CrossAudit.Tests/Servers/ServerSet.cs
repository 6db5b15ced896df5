using System.Collections.Concurrent;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(ServerSet))]

namespace CrossAudit.Tests.Servers;

/// <summary>The servers that tests share, one a shape: each test makes an organization of its own in it. Take it as a constructor parameter.</summary>
public sealed class ServerSet : IAsyncDisposable
{
    private const string JwtSecret = "tests-only: 7Qm2vX0pZr9LkWf3Bd8HsTy5NcJg1EuA";

    private static int _databases;

    private readonly ConcurrentDictionary<Shape, Lazy<Task<RunningServer>>> _shared = new();

    /// <summary>The shared server of a shape.</summary>
    public Task<RunningServer> OnAsync(Shape shape) => _shared.GetOrAdd(shape, s => new Lazy<Task<RunningServer>>(() => StartAsync(s))).Value;

    /// <summary>A server of the test's own, on a database of its own.</summary>
    public async Task<RunningServer> StartAsync(Shape shape, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var all = shape == Shape.Full ? await FullShapeAsync() : [];
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        return await RunningServer.StartAsync(all, configure);
    }

    /// <summary>What makes a server one of the full shape, with a new database. Two servers with the same settings are two nodes.</summary>
    public async Task<Dictionary<string, string?>> FullShapeAsync()
    {
        var engines = (await TestContext.Current.GetFixture<EngineSet>())!;
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync($"tests_{Interlocked.Increment(ref _databases)}");
        return new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database,
            ["REDIS_URL"] = (await engines.RedisAsync()).Url,
            ["MINIO_ENDPOINT"] = (await engines.S3Async()).Endpoint,
            ["MINIO_ACCESS_KEY"] = S3Engine.AccessKey,
            ["MINIO_SECRET_KEY"] = S3Engine.SecretKey,
            ["MINIO_BUCKET"] = S3Engine.Bucket,
            ["JWT_SECRET_KEY"] = JwtSecret,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _shared.Values)
            if (server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                await (await server.Value).DisposeAsync();
    }
}
