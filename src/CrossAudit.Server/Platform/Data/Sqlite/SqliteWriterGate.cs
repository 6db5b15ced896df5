namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>
/// Lets one writer in at a time. SQLite allows one anyway and answers SQLITE_BUSY to the others, whose threads would sleep and retry;
/// here they wait in order, without a thread.
/// </summary>
internal sealed class SqliteWriterGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for one's turn; disposing the result ends it.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    internal readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
