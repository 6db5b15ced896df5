using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Platform.Work;

/// <summary>What has to be done for a kind of due row. Made anew for each row, in a scope of its own.</summary>
internal interface IWork<in TRow>
    where TRow : IDueRow
{
    /// <summary>How long one row may take; the claim lasts that long, and the work is cancelled before it ends.</summary>
    static abstract TimeSpan TimeLimit { get; }

    /// <summary>How many rows one node works on at a time.</summary>
    static abstract int Concurrency { get; }

    /// <summary>The longest pause before it is tried again.</summary>
    static virtual TimeSpan LongestPause => TimeSpan.FromMinutes(5);

    /// <summary>Whether a failure is the row's own, as opposed to something being away that it needs: a few of those, and it is parked.</summary>
    static virtual bool IsOwn(Exception failure) => !failure.IsOutage();

    /// <summary>Whether it has been tried for so long that it is parked though the failure is not its own.</summary>
    static virtual bool IsTooLate(TRow row, DateTimeOffset now) => false;

    /// <summary>Does it and saves that it is done (<see cref="IDueRow.DueAt"/> null). Throwing tries again later: see <see cref="IsOwn"/>.</summary>
    Task RunAsync(TRow row, CancellationToken stop);

    /// <summary>Saves that it will not be tried again, so that an administrator sees it.</summary>
    Task ParkAsync(TRow row, Exception cause, CancellationToken stop);
}
