namespace CrossAudit.Server.Platform.Limits;

/// <summary>How many attempts are free, and how long those after them wait.</summary>
/// <param name="Free">Attempts without any wait.</param>
/// <param name="Longest">The longest wait; each is twice the one before, beginning with a second.</param>
/// <param name="Memory">After so long without an attempt all are forgotten.</param>
internal sealed record AttemptRule(int Free, TimeSpan Longest, TimeSpan Memory)
{
    private const int LongestExponent = 30;

    /// <summary>How long the next attempt has to wait after this many.</summary>
    public TimeSpan WaitAfter(int attempts)
    {
        if (attempts < Free)
            return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts - Free, LongestExponent)));
        return wait < Longest ? wait : Longest;
    }
}

/// <summary>Where an attempt stands.</summary>
/// <param name="RetryAfter">How long to wait; null if the attempt may be made, and has been counted.</param>
/// <param name="IsFirstRefusal">Whether it is the first one refused since an attempt was let through: the one to record.</param>
internal readonly record struct AttemptVerdict(TimeSpan? RetryAfter, bool IsFirstRefusal);

/// <summary>
/// Counts attempts by key. An attempt is counted when it begins, in one step with the look at the count: however many come at once, no more get through
/// than are allowed.
/// </summary>
internal interface IAttemptLimits
{
    /// <summary>Counts an attempt, unless it has to wait.</summary>
    ValueTask<AttemptVerdict> BeginAsync(string key, AttemptRule rule);

    /// <summary>Takes back an attempt that turned out well.</summary>
    ValueTask TakeBackAsync(string key);

    /// <summary>Forgets all attempts.</summary>
    ValueTask ForgetAsync(string key);
}
