namespace CrossAudit.Server.Platform.Limits;

/// <summary>
/// Counts in windows that follow each other: the last one counts for as much of it as still lies within one window from now. So a burst at the end of one and
/// another at the start of the next are not both let through.
/// </summary>
/// <param name="Current">How many the running window has.</param>
/// <param name="Previous">How many the one before had.</param>
internal readonly record struct SlidingWindow(long Number, long Current, long Previous)
{
    /// <summary>The same counts, seen from a later window.</summary>
    public SlidingWindow At(long number) => (number - Number) switch
    {
        <= 0 => this,
        1 => new SlidingWindow(number, 0, Current),
        _ => new SlidingWindow(number, 0, 0),
    };

    public bool HasRoom(int limit, double passed) => Used(passed) + 1 <= limit;

    /// <param name="passed">How much of the running window has passed, from 0 to 1.</param>
    public QuotaState StateOf(Quota quota, double passed, bool isRefused)
    {
        var left = (int)Math.Clamp(Math.Floor(quota.Limit - Used(passed)), 0, quota.Limit);
        return new QuotaState(left, quota.Window * (1 - passed), isRefused && !HasRoom(quota.Limit, passed) ? quota.Window * WaitFor(quota.Limit, passed) : null);
    }

    private double Used(double passed) => Current + (Previous * (1 - passed));

    // In windows.
    private double WaitFor(int limit, double passed) => Current < limit
        ? 1 - ((limit - 1 - Current) / (double)Previous) - passed
        : 1 - passed + Math.Max(0, 1 - ((limit - 1) / (double)Current));
}
