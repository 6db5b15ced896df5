namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts on this node alone.</summary>
internal sealed class InProcessQuotas(TimeProvider clock) : IQuotas
{
    // Owners are ours and not strangers, so this is never reached but by very many keys; forgetting costs no more than a window.
    private const int MostKept = 200_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Owner, string Name), SlidingWindow> _windows = [];

    public ValueTask<IReadOnlyList<QuotaState>> TakeAsync(Guid owner, IReadOnlyList<Quota> quotas)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var windows = new SlidingWindow[quotas.Count];
        lock (_lock)
        {
            if (_windows.Count > MostKept)
                _windows.Clear();
            var hasRoom = true;
            for (var i = 0; i < windows.Length; i++)
            {
                var (number, passed) = At(now, quotas[i]);
                windows[i] = _windows.TryGetValue((owner, quotas[i].Name), out var known) ? known.At(number) : new SlidingWindow(number, 0, 0);
                hasRoom &= windows[i].HasRoom(quotas[i].Limit, passed);
            }
            for (var i = 0; hasRoom && i < windows.Length; i++)
                _windows[(owner, quotas[i].Name)] = windows[i] = windows[i] with { Current = windows[i].Current + 1 };
            return new(States(quotas, windows, now, !hasRoom));
        }
    }

    /// <summary>The number of the running window, and how much of it has passed.</summary>
    public static (long Number, double Passed) At(long milliseconds, Quota quota)
    {
        var length = (long)quota.Window.TotalMilliseconds;
        return (milliseconds / length, milliseconds % length / (double)length);
    }

    public static IReadOnlyList<QuotaState> States(IReadOnlyList<Quota> quotas, SlidingWindow[] windows, long now, bool isRefused) =>
        [.. windows.Select((window, i) => window.StateOf(quotas[i], At(now, quotas[i]).Passed, isRefused))];
}
