namespace CrossAudit.Server.Features.Documents.Versions;

/// <summary>
/// Comparing is work for a processor alone, and grows with the product of length and difference. It goes on beside the requests, one at a time, and what would take more
/// than some seconds is not begun.
/// </summary>
internal sealed class ComparisonLane : IDisposable
{
    /// <summary>Lines that a text may have. Two such texts with nothing in common take about three seconds.</summary>
    public const int MostLines = 10_000;

    /// <summary>Characters that a text may have.</summary>
    public const int MostCharacters = 2_000_000;

    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<T> RunAsync<T>(Func<T> compare, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return await Task.Run(compare, stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
