using CrossAudit.Contracts.Health;

namespace CrossAudit.Client;

/// <summary>How the server is; no need to sign in. A server that is unhealthy answers so, and nothing is thrown.</summary>
public sealed class HealthApi
{
    private readonly Api _api;

    internal HealthApi(Api api) => _api = api;

    /// <summary>Reads what answers here.</summary>
    public Task<RootView> RootAsync(CancellationToken stop = default) => _api.ReadPlainAsync<RootView>("", stop);

    /// <summary>Reads whether the server can do its work.</summary>
    public Task<HealthView> GetAsync(CancellationToken stop = default) => _api.ReadPlainAsync<HealthView>("health", stop);

    /// <summary>Reads whether the process runs.</summary>
    public Task<HealthView> LiveAsync(CancellationToken stop = default) => _api.ReadPlainAsync<HealthView>("health/live", stop);

    /// <summary>Reads how each thing is that the server stands on.</summary>
    public Task<HealthView> ReadyAsync(CancellationToken stop = default) => _api.ReadPlainAsync<HealthView>("health/ready", stop);
}
