using CrossAudit.Client;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>The real program on a real port, with its own database and folder.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ScratchFolder _folder;

    private RunningServer(WebApplication app, ScratchFolder folder)
    {
        (_app, _folder) = (app, folder);
        Address = new Uri(app.Urls.First() + "/");
        Http = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A plain HTTP client, for what the typed one would not send.</summary>
    public HttpClient Http { get; }

    /// <summary>The server's services: to look at what is stored, not to do what a route does.</summary>
    public IServiceProvider Services => _app.Services;

    internal Settings Settings => Services.GetRequiredService<Settings>();

    /// <summary>Starts a server with these settings on top of what its shape needs.</summary>
    public static async Task<RunningServer> StartAsync(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var folder = new ScratchFolder();
        var all = new Dictionary<string, string?>
        {
            ["CROSSAUDIT_DATA"] = folder.Path,
            ["CROSSAUDIT_URLS"] = "http://127.0.0.1:0",
            ["CROSSAUDIT_PUBLIC_URL"] = "http://localhost:9000",
            // All tests come from one address. Those of the throttling set this to something else.
            ["RATE_LIMIT_PER_MINUTE"] = "0",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var app = CrossAudit.Server.Server.Build(SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build()), configure);
        await app.Services.MigrateAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, folder);
    }

    /// <summary>A typed client that nobody has signed in with yet.</summary>
    public CrossAuditClient NewClient() => new(new HttpClient { BaseAddress = Address });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
