using System.Threading.Channels;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>Tells that events were recorded on this node, and will be committed in a moment.</summary>
internal sealed class SealingSignal
{
    private readonly Channel<bool> _recorded = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Recorded() => _recorded.Writer.TryWrite(true);

    /// <summary>Whether something was recorded since this was last asked.</summary>
    public bool Take() => _recorded.Reader.TryRead(out _);

    /// <summary>Waits until something is recorded, or for as long as the patience lasts.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            await _recorded.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Patience is over.
        }
    }
}
