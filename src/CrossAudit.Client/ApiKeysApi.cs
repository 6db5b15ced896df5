using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;

namespace CrossAudit.Client;

/// <summary>API keys.</summary>
public sealed class ApiKeysApi
{
    private const string Root = "api/admin/api-keys";

    private readonly Api _api;

    internal ApiKeysApi(Api api) => _api = api;

    /// <summary>Makes a key, which is shown this once.</summary>
    public Task<Tagged<ApiKeySecretView>> CreateAsync(CreateApiKeyRequest request, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ApiKeySecretView>(Call.Post(Root, request), stop);

    /// <summary>Lists the keys, newest first.</summary>
    public Task<PageOf<ApiKeyView>> ListAsync(bool? isActive = null, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<ApiKeyView>(new Query(Root).With("is_active", isActive switch { true => "true", false => "false", null => null }).Page(limit, offset, cursor), stop);

    /// <summary>Reads a key: all but the key itself.</summary>
    public Task<Tagged<ApiKeyView>> GetAsync(Guid id, CancellationToken stop = default) => _api.ReadTaggedAsync<ApiKeyView>(Call.Get($"{Root}/{id}"), stop);

    /// <summary>Changes a key; with <paramref name="ifMatch"/>, only if nobody else did since.</summary>
    public Task<Tagged<ApiKeyView>> UpdateAsync(Guid id, UpdateApiKeyRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ApiKeyView>(Call.Put($"{Root}/{id}", request, ifMatch), stop);

    /// <summary>Replaces a key by another, which is shown this once.</summary>
    /// <param name="id">The key.</param>
    /// <param name="overlapHours">Hours in which the old one works beside it; 0 stops it at once.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<Tagged<ApiKeySecretView>> RotateAsync(Guid id, int overlapHours = 0, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ApiKeySecretView>(Call.Post($"{Root}/{id}/rotate", new RotateApiKeyRequest { OverlapHours = overlapHours }), stop);

    /// <summary>Deletes a key; with <paramref name="ifMatch"/>, only if nobody changed it since.</summary>
    public Task<Confirmation> DeleteAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}", ifMatch), stop);

    /// <summary>Reports a key that was found where it should not be: it is revoked, and its owners are told. It needs no sign-in.</summary>
    /// <param name="key">The whole key.</param>
    /// <param name="foundAt">Where it was found.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<Confirmation> ReportLeakAsync(string key, string? foundAt = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Post("api/leaked-keys", new ReportLeakedKeyRequest { Key = key, FoundAt = foundAt }), stop);
}
