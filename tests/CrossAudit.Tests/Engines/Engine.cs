namespace CrossAudit.Tests.Engines;

/// <summary>A throw-away engine of the tests: its own port on loopback, its own temporary folder, gone when it is disposed.</summary>
/// <remarks>Tests share the engines of <see cref="EngineSet"/>; a test that stops its engine starts one of its own.</remarks>
public abstract class Engine : IAsyncDisposable
{
    private readonly ScratchFolder scratch = new();
    private EngineProcess? process;

    /// <summary>The port it listens on, the same after a restart.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>The folder it keeps its data in.</summary>
    protected string Folder => scratch.Path;

    /// <summary>Starts it again after <see cref="StopAsync"/>, with the data it had, and returns when it answers.</summary>
    public async Task ResumeAsync()
    {
        process = await EngineProcess.StartAsync(Command);
        await process.UntilAsync(PingAsync);
    }

    /// <summary>Stops it; its data and its port stay its own.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        process = null;
    }

    /// <summary>Stops it and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await ResumeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Resumes a new engine, and leaves nothing behind if that fails.</summary>
    protected static async Task<T> StartedAsync<T>(T engine, Func<Task> prepare) where T : Engine
    {
        try
        {
            await prepare();
            await engine.ResumeAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    private protected abstract EngineCommand Command { get; }

    /// <summary>Returns if the engine answers in its own protocol, and throws if not.</summary>
    private protected abstract Task PingAsync(CancellationToken stop);
}
