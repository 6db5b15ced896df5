using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Client;

/// <summary>Documents, their versions, and the search in their text.</summary>
public sealed class DocumentsApi
{
    private const string Root = "api/documents";

    private readonly Api _api;

    internal DocumentsApi(Api api) => _api = api;

    /// <summary>Creates a document's metadata; content is uploaded as a version.</summary>
    public Task<Tagged<DocumentView>> CreateAsync(CreateDocumentRequest request, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Post(Root, request), stop);

    /// <summary>Lists documents, newest first unless the filter says otherwise.</summary>
    /// <param name="filter">What to narrow the list to, and its order.</param>
    /// <param name="limit">The most documents to answer.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<PageOf<DocumentView>> ListAsync(
        DocumentFilter? filter = null, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<DocumentView>((filter ?? new DocumentFilter()).On(Root).Page(limit, offset, cursor), stop);

    /// <summary>Reads all documents that match, page by page.</summary>
    /// <param name="filter">What to narrow the list to, and its order.</param>
    /// <param name="pageSize">How many to fetch at a time.</param>
    /// <param name="stop">Gives up waiting.</param>
    public IAsyncEnumerable<DocumentView> WalkAsync(DocumentFilter? filter = null, int? pageSize = null, CancellationToken stop = default) =>
        Api.WalkAsync((cursor, offset) => ListAsync(filter, pageSize, offset, cursor, stop), stop);

    /// <summary>Reads a document's metadata.</summary>
    public Task<Tagged<DocumentView>> GetAsync(Guid id, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Get($"{Root}/{id}"), stop);

    /// <summary>Changes a document's metadata: absent fields are left alone.</summary>
    public Task<Tagged<DocumentView>> UpdateAsync(Guid id, UpdateDocumentRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Put($"{Root}/{id}", request, ifMatch), stop);

    /// <summary>Moves a document to the bin.</summary>
    public Task<Confirmation> DeleteAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}", ifMatch), stop);

    /// <summary>Takes a document back from the bin.</summary>
    public Task<Tagged<DocumentView>> RestoreAsync(Guid id, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Post($"{Root}/{id}/restore"), stop);

    /// <summary>Sets how long a document is kept.</summary>
    public Task<Tagged<DocumentView>> SetRetentionAsync(Guid id, SetRetentionRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Put($"{Root}/{id}/retention", request, ifMatch), stop);

    /// <summary>Places a document under legal hold, or ends the hold.</summary>
    public Task<Tagged<DocumentView>> SetLegalHoldAsync(Guid id, SetLegalHoldRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DocumentView>(Call.Put($"{Root}/{id}/legal-hold", request, ifMatch), stop);

    /// <summary>Creates a document with its content.</summary>
    /// <param name="content">The bytes, from where the stream stands; it stays the caller's.</param>
    /// <param name="filename">The file's name.</param>
    /// <param name="fields">The metadata.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<UploadView> UploadAsync(Stream content, string filename, UploadFields? fields = null, CancellationToken stop = default) =>
        _api.ReadAsync<UploadView>(UploadForm.Post($"{Root}/upload", content, filename, (fields ?? new UploadFields()).ToFields()), stop);

    /// <summary>Adds a version; the same bytes as the newest version's add none.</summary>
    /// <param name="id">The document.</param>
    /// <param name="content">The bytes, from where the stream stands; it stays the caller's.</param>
    /// <param name="filename">The file's name.</param>
    /// <param name="changeDescription">What changed.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<UploadView> UploadVersionAsync(Guid id, Stream content, string filename, string? changeDescription = null, CancellationToken stop = default) =>
        _api.ReadAsync<UploadView>(UploadForm.Post($"{Root}/{id}/upload", content, filename, [("change_description", changeDescription)]), stop);

    /// <summary>Lists a document's versions, newest first.</summary>
    public Task<PageOf<VersionView>> ListVersionsAsync(Guid id, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<VersionView>(new Query($"{Root}/{id}/versions").Page(limit, offset), stop);

    /// <summary>Reads a version.</summary>
    public Task<VersionView> GetVersionAsync(Guid id, int number, CancellationToken stop = default) =>
        _api.ReadAsync<VersionView>(Call.Get($"{Root}/{id}/versions/{number}"), stop);

    /// <summary>Makes an old version's content current again, as a new version.</summary>
    public Task<VersionView> RestoreVersionAsync(Guid id, int number, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<VersionView>(Call.Post($"{Root}/{id}/versions/{number}/restore") with { IfMatch = ifMatch }, stop);

    /// <summary>Compares the texts of two versions, line by line: where left out, the newest and the one before.</summary>
    public Task<ComparisonView> CompareAsync(Guid id, int? from = null, int? to = null, CancellationToken stop = default) =>
        _api.ReadAsync<ComparisonView>(Call.Get($"{Root}/{id}/versions/compare?{string.Join('&', new[] { from is null ? null : $"from={from}", to is null ? null : $"to={to}" }.OfType<string>())}"), stop);

    /// <summary>Reads what personal or secret data was found in a document, and which label it suggests.</summary>
    public Task<DocumentFindingsView> GetFindingsAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<DocumentFindingsView>(Call.Get($"{Root}/{id}/findings"), stop);

    /// <summary>Lists a document's changes, newest first.</summary>
    public Task<PageOf<DocumentChangeView>> ListHistoryAsync(Guid id, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<DocumentChangeView>(new Query($"{Root}/{id}/history").Page(limit, offset, cursor), stop);

    /// <summary>Lists who has had to do with a document, newest first. Reading this is an event too.</summary>
    public Task<PageOf<AuditLogView>> ListAccessLogAsync(Guid id, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<AuditLogView>(new Query($"{Root}/{id}/access-log").Page(limit, offset, cursor), stop);

    /// <summary>Downloads a version's bytes, the newest one's where no number is given.</summary>
    public async Task<Download> DownloadAsync(Guid id, int? number = null, CancellationToken stop = default)
    {
        var path = number is null ? $"{Root}/{id}/content" : $"{Root}/{id}/versions/{number}/content";
        return await Download.OpenAsync(await _api.SendAsync(Call.Get(path) with { IsStreamed = true }, stop), stop);
    }

    /// <summary>Lists the passages of a document, in the order of its text.</summary>
    public Task<PageOf<FragmentView>> ListFragmentsAsync(Guid id, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<FragmentView>(new Query($"{Root}/{id}/fragments").Page(limit, offset), stop);

    /// <summary>Tells what would be disposed of, when, and by which rule. Nothing is changed.</summary>
    public async Task<PageOf<PlannedDisposalView>> PreviewRetentionAsync(RetentionPreviewRequest request, CancellationToken stop = default)
    {
        using var answer = await _api.SendAsync(Call.Post($"{Root}/retention/preview", request), stop);
        return await Answers.ReadPageAsync<PlannedDisposalView>(answer, stop);
    }

    /// <summary>Lists what was destroyed, newest first.</summary>
    public Task<PageOf<DisposalView>> ListDisposalsAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<DisposalView>(new Query($"{Root}/retention/disposals").Page(limit, offset), stop);

    /// <summary>Reads the signed certificate of what was destroyed.</summary>
    public Task<DisposalCertificateView> GetDisposalAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<DisposalCertificateView>(Call.Get($"{Root}/retention/disposals/{id}"), stop);

    /// <summary>Finds passages, the best first; the page has no total.</summary>
    public async Task<PageOf<SearchHit>> SearchAsync(SearchRequest request, CancellationToken stop = default)
    {
        using var answer = await _api.SendAsync(Call.Post($"{Root}/search", request), stop);
        return await Answers.ReadPageAsync<SearchHit>(answer, stop);
    }

    /// <summary>Finds passages that hold these words, the best first.</summary>
    public Task<PageOf<SearchHit>> SearchAsync(string query, CancellationToken stop = default) => SearchAsync(new SearchRequest { Query = query }, stop);
}
