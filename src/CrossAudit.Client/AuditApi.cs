using CrossAudit.Contracts.Audit;

namespace CrossAudit.Client;

/// <summary>The audit trail. Reading it is an event of its own.</summary>
public sealed class AuditApi
{
    private const string Root = "api/audit/logs";

    private readonly Api _api;

    internal AuditApi(Api api) => _api = api;

    /// <summary>Lists events, newest first.</summary>
    /// <param name="filter">What to narrow the list to.</param>
    /// <param name="limit">The most events to answer.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<PageOf<AuditLogView>> ListAsync(
        AuditFilter? filter = null, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<AuditLogView>((filter ?? new AuditFilter()).On(Root).Page(limit, offset, cursor), stop);

    /// <summary>Reads all events that match, page by page.</summary>
    /// <param name="filter">What to narrow the list to.</param>
    /// <param name="pageSize">How many to fetch at a time.</param>
    /// <param name="stop">Gives up waiting.</param>
    public IAsyncEnumerable<AuditLogView> WalkAsync(AuditFilter? filter = null, int? pageSize = null, CancellationToken stop = default) =>
        Api.WalkAsync((cursor, offset) => ListAsync(filter, pageSize, offset, cursor, stop), stop);

    /// <summary>Reads one event.</summary>
    public Task<AuditLogView> GetAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<AuditLogView>(Call.Get($"{Root}/{id}"), stop);
}
