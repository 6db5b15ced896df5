namespace CrossAudit.Server.Platform.Limits;

/// <summary>How many attempts are free, and how long those after them wait.</summary>
/// <param name="Free">Attempts without any wait.</param>
/// <param name="Longest">The longest wait; each is twice the one before. Every such time that passes without an attempt, waits not counted, forgives one.</param>
internal sealed record AttemptRule(int Free, TimeSpan Longest)
{
    /// <summary>The wait after the last free attempt.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether each node counts for itself: for what protects the node and not an account, on paths too hot for a round trip.</summary>
    public bool IsPerNode { get; init; }

    /// <summary>Attempts beyond this count no further, so that the longest siege is forgiven as soon as a short one.</summary>
    public double Most => Free + Math.Ceiling(Math.Log2(Longest / First));

    /// <summary>When everything is forgiven, however many there were: nothing has to be remembered for longer.</summary>
    public TimeSpan Memory => (Most + 1) * Longest;

    /// <summary>How long the next attempt has to wait after this many.</summary>
    public TimeSpan WaitAfter(double attempts)
    {
        if (attempts < Free)
            return TimeSpan.Zero;
        var wait = First * Math.Pow(2, Math.Min(attempts, Most) - Free);
        return wait < Longest ? wait : Longest;
    }
}

/// <summary>What is counted, and by which rule.</summary>
internal readonly record struct AttemptKey(string Name, AttemptRule Rule);

/// <summary>Where an attempt stands.</summary>
/// <param name="RetryAfter">How long to wait; null if the attempt may be made, and has been counted.</param>
/// <param name="IsFirstRefusal">Whether it is the first one refused since an attempt was let through: the one to record.</param>
internal readonly record struct AttemptVerdict(TimeSpan? RetryAfter, bool IsFirstRefusal);
