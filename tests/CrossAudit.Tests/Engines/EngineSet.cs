using CrossAudit.Tests.Engines;

[assembly: AssemblyFixture(typeof(EngineSet))]

namespace CrossAudit.Tests.Engines;

/// <summary>The engines all tests share. Each starts when a test first asks for it and ends with the run; take it as a constructor parameter.</summary>
/// <remarks>Asking for an engine that is not on this machine skips the test, and fails it on CI.</remarks>
public sealed class EngineSet : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresEngine>> postgres = new(PostgresEngine.StartAsync);
    private readonly Lazy<Task<RedisEngine>> redis = new(RedisEngine.StartAsync);
    private readonly Lazy<Task<S3Engine>> s3 = new(S3Engine.StartAsync);

    private delegate bool Installed(out string why);

    /// <summary>What is not on this machine and how to get it, one sentence an engine; empty if the full shape can be tested.</summary>
    public static IReadOnlyList<string> Missing { get; } =
        [.. Reasons(PostgresEngine.IsInstalled), .. Reasons(RedisEngine.IsInstalled), .. Reasons(S3Engine.IsInstalled)];

    /// <summary>The cluster all tests share; each makes its own database in it.</summary>
    public Task<PostgresEngine> PostgresAsync() => Get(postgres, PostgresEngine.IsInstalled);

    /// <summary>The Redis all tests share; each takes its own key prefix or database number.</summary>
    public Task<RedisEngine> RedisAsync() => Get(redis, RedisEngine.IsInstalled);

    /// <summary>The S3 look-alike all tests share; each makes its own bucket or key prefix.</summary>
    public Task<S3Engine> S3Async() => Get(s3, S3Engine.IsInstalled);

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        // `dotnet test` shows this only if a test fails; ./check repeats it at its end, from the reasons of the skipped tests.
        foreach (var reason in Missing)
            Console.Error.WriteLine(MissingEngines.Describe([reason]));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(postgres);
        await EndAsync(redis);
        await EndAsync(s3);
    }

    private static Task<T> Get<T>(Lazy<Task<T>> engine, Installed isInstalled)
    {
        if (!isInstalled(out var why))
            MissingEngines.SkipOrFail(why);
        return engine.Value;
    }

    private static async Task EndAsync<T>(Lazy<Task<T>> engine) where T : Engine
    {
        // One that failed to start has cleaned up behind itself, and its failure is already every asking test's.
        if (engine is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await engine.Value).DisposeAsync();
    }

    private static IEnumerable<string> Reasons(Installed isInstalled) => isInstalled(out var why) ? [] : [why];
}
