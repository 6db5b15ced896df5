using System.Collections.Concurrent;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Features.Documents.Indexing;

/// <summary>Tells those who wait, on every node, that a version's text is settled. The message may be lost: whoever waits looks by themselves from time to time.</summary>
internal sealed class IndexingSignal
{
    private const string Topic = "documents:settled";

    private readonly IMessageBus _bus;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    public IndexingSignal(IMessageBus bus)
    {
        _bus = bus;
        bus.Subscribe(Topic, Receive, missed: WakeAll);
    }

    /// <summary>Call it after the commit.</summary>
    public ValueTask SettledAsync(Guid documentId) => _bus.PublishAsync(Topic, documentId.ToByteArray());

    /// <summary>The next time that something of this document is settled. Ask before looking how far it is.</summary>
    public Task NextAsync(Guid documentId) => _waiting.GetOrAdd(documentId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    // Who waits looks again, and waits on where nothing has come.
    private void WakeAll()
    {
        foreach (var documentId in _waiting.Keys)
            Wake(documentId);
    }

    private void Receive(ReadOnlyMemory<byte> message) => Wake(new Guid(message.Span));

    private void Wake(Guid documentId)
    {
        if (_waiting.TryRemove(documentId, out var waiting))
            waiting.TrySetResult();
    }
}
