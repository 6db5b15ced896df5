using CrossAudit.Server.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrossAudit.Tests.Servers;

/// <summary>The store of a server, which a test can make fail: before it does something, or after, as where a server dies just then.</summary>
internal sealed class FailingStore : IBlobStore
{
    private IBlobStore _store = null!;

    /// <summary>What every call ends with; null where it works.</summary>
    public Exception? Away { get; set; }

    /// <summary>What reading ends with.</summary>
    public Exception? Reading { get; set; }

    /// <summary>What storing ends with once the bytes are stored.</summary>
    public Exception? AfterStoring { get; set; }

    /// <summary>Puts it before the store that the server would have.</summary>
    public void Wrap(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IBlobStore));
        services.Replace(ServiceDescriptor.Singleton<IBlobStore>(provider =>
        {
            _store = (IBlobStore)(own.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!));
            return this;
        }));
    }

    public async Task StoreAsync(string location, string sourcePath, CancellationToken stop)
    {
        Check();
        await _store.StoreAsync(location, sourcePath, stop);
        if (AfterStoring is not null)
            throw AfterStoring;
    }

    public Task<Stream> OpenAsync(string location, CancellationToken stop)
    {
        Check();
        return Reading is null ? _store.OpenAsync(location, stop) : throw Reading;
    }

    public Task DeleteAsync(string location, CancellationToken stop)
    {
        Check();
        return _store.DeleteAsync(location, stop);
    }

    public Task ProbeAsync(CancellationToken stop) => _store.ProbeAsync(stop);

    private void Check()
    {
        if (Away is not null)
            throw Away;
    }
}
