using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Bench;

/// <summary>What is there in the end, and what the trail says of it.</summary>
internal sealed class KeptChanges
{
    private Dictionary<Guid, DocumentView> _documents = [];
    private HashSet<Guid> _messages = [];

    /// <summary>Documents made and renamed, and messages sent.</summary>
    public int Changes { get; private set; }

    /// <summary>Changes of which the trail knows nothing.</summary>
    public int Unrecorded { get; private set; }

    /// <summary>Events of changes that are not there, or told twice.</summary>
    public int Unfounded { get; private set; }

    public static async Task<KeptChanges> ReadAsync(CrossAuditClient client, Guid threadId, CancellationToken stop)
    {
        var kept = new KeptChanges
        {
            _documents = await client.Documents.WalkAsync(pageSize: 100, stop: stop).ToDictionaryAsync(document => document.Id, cancellationToken: stop),
            _messages = await client.Chat.WalkMessagesAsync(threadId, pageSize: 100, stop: stop).Select(message => message.Id).ToHashSetAsync(null, stop),
        };
        var renamed = kept._documents.Values.Where(document => document.Title != "First").Select(document => document.Id);
        await kept.CompareAsync(client, AuditActions.DocumentCreated, [.. kept._documents.Keys], stop);
        await kept.CompareAsync(client, AuditActions.DocumentUpdated, [.. renamed], stop);
        await kept.CompareAsync(client, AuditActions.MessageSent, kept._messages, stop);
        return kept;
    }

    /// <summary>How many acknowledged writes are not there.</summary>
    public int Lost(Acknowledged acknowledged) =>
        acknowledged.Documents.Count(id => !_documents.ContainsKey(id))
        + acknowledged.Titles.Count(title => !_documents.TryGetValue(title.Key, out var document) || document.Title != title.Value)
        + acknowledged.Messages.Count(id => !_messages.Contains(id));

    private async Task CompareAsync(CrossAuditClient client, string action, HashSet<Guid> changed, CancellationToken stop)
    {
        var told = await client.Audit.WalkAsync(new AuditFilter { Action = action }, 1000, stop).Select(log => Guid.Parse(log.ResourceId!)).ToListAsync(stop);
        Changes += changed.Count;
        Unrecorded += changed.Except(told).Count();
        Unfounded += told.Count - told.Distinct().Count(changed.Contains);
    }
}
