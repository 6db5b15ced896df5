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

    /// <summary>Finds events by words, newest first.</summary>
    public Task<PageOf<AuditLogView>> SearchAsync(string term, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<AuditLogView>(new Query($"{Root}/search/{Uri.EscapeDataString(term)}").Page(limit, offset, cursor), stop);

    /// <summary>Counts the events of the last days.</summary>
    public Task<AuditStatisticsView> GetStatisticsAsync(int? days = null, CancellationToken stop = default) => _api.ReadAsync<AuditStatisticsView>(Call.Get(new Query("api/audit/statistics").With("days", days)), stop);

    /// <summary>Lists what in the trail of the last days is worth a look.</summary>
    public Task<AnomaliesView> FindAnomaliesAsync(int? days = null, CancellationToken stop = default) => _api.ReadAsync<AnomaliesView>(Call.Get(new Query("api/audit/anomalies").With("days", days)), stop);

    /// <summary>Lists the actions that events can have.</summary>
    public Task<IReadOnlyList<string>> ListActionsAsync(CancellationToken stop = default) => _api.ReadAsync<IReadOnlyList<string>>(Call.Get("api/audit/actions"), stop);

    /// <summary>Reads the signed checkpoint of the organization's log.</summary>
    public Task<CheckpointView> GetCheckpointAsync(CancellationToken stop = default) => _api.ReadAsync<CheckpointView>(Call.Get("api/audit/checkpoint"), stop);

    /// <summary>Reads the proof that an event stands in the log. An event is sealed within a second.</summary>
    public Task<ProofView> GetProofAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<ProofView>(Call.Get($"{Root}/{id}/proof"), stop);

    /// <summary>Reads the proof that the log of one size begins with that of another.</summary>
    /// <param name="from">Events of the smaller log.</param>
    /// <param name="to">Events of the larger one; without it the newest checkpoint's.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<ConsistencyView> GetConsistencyAsync(long from, long? to = null, CancellationToken stop = default) =>
        _api.ReadAsync<ConsistencyView>(Call.Get(new Query("api/audit/consistency").With("from", from).With("to", to)), stop);

    /// <summary>Reads a tile of the log's tree.</summary>
    /// <param name="path">The tile as C2SP tlog-tiles writes it, such as <c>0/x001/067</c>.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<Download> GetTileAsync(string path, CancellationToken stop = default) => await Download.OpenAsync(await _api.SendAsync(Call.Get($"api/audit/tile/{path}") with { IsStreamed = true }, stop), stop);

    /// <summary>Holds the whole trail against its signed checkpoint.</summary>
    public Task<VerificationView> VerifyAsync(CancellationToken stop = default) => _api.ReadAsync<VerificationView>(Call.Post("api/audit/verify"), stop);

    /// <summary>Exports the sealed events, in the order of the log.</summary>
    /// <param name="format"><c>ndjson</c>, <c>csv</c> or <c>ocsf</c>.</param>
    /// <param name="filter">What to narrow the export to.</param>
    /// <param name="after">The sequence of the last event that is known already.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<Download> ExportAsync(string format = "ndjson", AuditFilter? filter = null, long? after = null, CancellationToken stop = default) =>
        await Download.OpenAsync(await _api.SendAsync(Call.Get((filter ?? new AuditFilter()).On("api/audit/export").With("format", format).With("after", after)) with { IsStreamed = true }, stop), stop);

    /// <summary>Asks for a compliance report.</summary>
    public Task<ReportView> CreateReportAsync(CreateReportRequest request, CancellationToken stop = default) => _api.ReadAsync<ReportView>(Call.Post("api/audit/reports", request), stop);

    /// <summary>Lists reports, newest first, without what they say.</summary>
    public Task<PageOf<ReportView>> ListReportsAsync(int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<ReportView>(new Query("api/audit/reports").Page(limit, offset, cursor), stop);

    /// <summary>Reads a report.</summary>
    public Task<ReportView> GetReportAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<ReportView>(Call.Get($"api/audit/reports/{id}"), stop);

    /// <summary>Reads a report as a page to print.</summary>
    public async Task<Download> GetReportPageAsync(Guid id, CancellationToken stop = default) => await Download.OpenAsync(await _api.SendAsync(Call.Get($"api/audit/reports/{id}?format=html") with { IsStreamed = true }, stop), stop);

    /// <summary>Reads how long the trail is kept.</summary>
    public Task<Tagged<TrailRetentionView>> GetRetentionAsync(CancellationToken stop = default) => _api.ReadTaggedAsync<TrailRetentionView>(Call.Get("api/audit/retention"), stop);

    /// <summary>Sets how long the trail is kept, or holds it. It needs a recent proof of who one is.</summary>
    public Task<Tagged<TrailRetentionView>> SetRetentionAsync(SetTrailRetentionRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<TrailRetentionView>(Call.Put("api/audit/retention", request, ifMatch), stop);

    /// <summary>Erases what the trail says of a person. It needs a recent proof of who one is.</summary>
    public Task<ErasureView> EraseAsync(CreateErasureRequest request, CancellationToken stop = default) => _api.ReadAsync<ErasureView>(Call.Post("api/audit/erasures", request), stop);

    /// <summary>Lists the erasures, newest first.</summary>
    public Task<PageOf<ErasureView>> ListErasuresAsync(int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<ErasureView>(new Query("api/audit/erasures").Page(limit, offset, cursor), stop);

    /// <summary>Reads one event.</summary>
    public Task<AuditLogView> GetAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<AuditLogView>(Call.Get($"{Root}/{id}"), stop);
}
