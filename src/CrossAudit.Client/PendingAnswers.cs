using System.Text.Json;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>Who waits for which answer on a socket. Answers come in the order of what they answer: among equals, the first is settled first.</summary>
internal sealed class PendingAnswers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource<Acknowledgement>>> _sends = [];
    private readonly Queue<TaskCompletionSource> _pings = new();
    private ChatClosedException? _over;

    public Task<Acknowledgement> ForMessage(string clientId)
    {
        var waiting = new TaskCompletionSource<Acknowledgement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_over is not null)
                return Task.FromException<Acknowledgement>(_over);
            if (!_sends.TryGetValue(clientId, out var queue))
                _sends[clientId] = queue = new Queue<TaskCompletionSource<Acknowledgement>>();
            queue.Enqueue(waiting);
        }
        return waiting.Task;
    }

    public Task ForPing()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_over is not null)
                return Task.FromException(_over);
            _pings.Enqueue(waiting);
        }
        return waiting.Task;
    }

    /// <summary>Gives the frame to whoever waits for it; false if nobody does.</summary>
    public bool Settle(ServerFrame frame)
    {
        switch (frame.Type)
        {
            case ChatFrameTypes.Ack when TryRead<Acknowledgement>(frame) is { } ack && Next(ack.ClientId) is { } waiting:
                waiting.TrySetResult(ack);
                return true;
            case ChatFrameTypes.Error when TryRead<FrameError>(frame) is { } error && Next(error.ClientId) is { } waiting:
                waiting.TrySetException(new CrossAuditException(new Problem { Code = error.Code, Detail = error.Detail }));
                return true;
            case ChatFrameTypes.Pong when NextPing() is { } waiting:
                waiting.TrySetResult();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Tells everybody that no answer will come, now or later.</summary>
    public void End(ChatClosedException over)
    {
        lock (_lock)
        {
            _over = over;
            foreach (var waiting in _sends.Values.SelectMany(queue => queue))
                waiting.TrySetException(over);
            foreach (var waiting in _pings)
                waiting.TrySetException(over);
            _sends.Clear();
            _pings.Clear();
        }
    }

    private TaskCompletionSource<Acknowledgement>? Next(string? clientId)
    {
        lock (_lock)
        {
            if (clientId is null || !_sends.TryGetValue(clientId, out var queue))
                return null;
            var next = queue.Dequeue();
            if (queue.Count == 0)
                _sends.Remove(clientId);
            return next;
        }
    }

    private TaskCompletionSource? NextPing()
    {
        lock (_lock)
            return _pings.TryDequeue(out var next) ? next : null;
    }

    private static T? TryRead<T>(ServerFrame frame)
        where T : class
    {
        try
        {
            return frame.Data?.Deserialize<T>(CrossAuditJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
