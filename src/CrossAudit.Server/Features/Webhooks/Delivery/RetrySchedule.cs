namespace CrossAudit.Server.Features.Webhooks.Delivery;

/// <summary>When a delivery that failed is tried again.</summary>
/// <param name="pauses">The pause after the first attempt, after the second, and so on.</param>
internal sealed class RetrySchedule(IReadOnlyList<TimeSpan> pauses)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The schedule that Standard Webhooks recommends: over three days, ten attempts in all.</summary>
    public static RetrySchedule Default { get; } = new(
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ]);

    /// <summary>How long to wait after so many attempts; null where it is given up.</summary>
    /// <param name="attempts">How many there were.</param>
    /// <param name="retryAfter">What the receiver asked for. It is waited for, though not longer than a day; it never makes a pause shorter.</param>
    public TimeSpan? After(int attempts, TimeSpan? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempts);
        if (attempts > pauses.Count)
            return null;
        // Up to a tenth longer by chance: what failed together does not return together.
        var pause = pauses[attempts - 1] * (1 + (Random.Shared.NextDouble() / 10));
        var asked = retryAfter is { } wait && wait < Longest ? wait : retryAfter is null ? TimeSpan.Zero : Longest;
        return pause > asked ? pause : asked;
    }
}
