using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>Reads a document once its newest version's text is settled, or as it is when the caller's patience is over. While it waits it holds no connection.</summary>
internal sealed class SettledDocument(DocumentService documents, IndexingSignal signal, IHostApplicationLifetime server, TimeProvider clock)
{
    // A signal can be lost.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    public async Task<Revised<DocumentView>?> FindAsync(Guid id, PreferredWait patience, CancellationToken stop)
    {
        if (patience.Seconds is not { } seconds)
            return await documents.FindAsync(id, stop);
        var until = clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, server.ApplicationStopping);
        while (true)
        {
            var left = until - clock.GetUtcNow();
            var document = await documents.FindAsync(id, stop);
            if (left <= TimeSpan.Zero || document?.View.Status is not DocumentStatus.Pending || server.ApplicationStopping.IsCancellationRequested)
                return document;
            // Asked for before the second look, so that nothing is missed between the two.
            var settled = signal.NextAsync(id);
            if ((await documents.FindAsync(id, stop))?.View.Status is DocumentStatus.Pending)
                await UntilAsync(settled, left < Poll ? left : Poll, either.Token, stop);
        }
    }

    private async Task UntilAsync(Task settled, TimeSpan patience, CancellationToken either, CancellationToken stop)
    {
        try
        {
            await settled.WaitAsync(patience, clock, either);
        }
        catch (TimeoutException)
        {
            // Nobody called: look anyway.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The server stops: what there is has to do.
        }
    }
}
