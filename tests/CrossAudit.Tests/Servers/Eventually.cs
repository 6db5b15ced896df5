namespace CrossAudit.Tests.Servers;

/// <summary>Waits for what happens in the background.</summary>
internal static class Eventually
{
    /// <summary>Asks until there is something; fails if there is nothing in time.</summary>
    public static async Task<T> FindAsync<T>(Func<Task<T?>> find, TimeSpan within, string what)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(within);
        while (!limit.IsCancellationRequested)
        {
            if (await find() is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
        throw new TimeoutException($"{what} did not happen within {within.TotalSeconds:0.#} s.");
    }

    public static Task HoldsAsync(Func<Task<bool>> holds, TimeSpan within, string what) => FindAsync(async () => await holds() ? "" : null, within, what);
}
