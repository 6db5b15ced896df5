using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using Microsoft.AspNetCore.Builder;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>A server that listens, and a client signed in as the owner of an organization.</summary>
public sealed class RunningApi : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private WebApplication _app = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _app = DescribedApi.Build(_folder);
        await _app.Services.MigrateAsync(TestContext.Current.CancellationToken);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        var registered = await Client.PostAsJsonAsync("/api/auth/register", new { email = "ada@example.com", password = "an unusual passphrase" });
        var session = await registered.Content.ReadFromJsonAsync<JsonObject>();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session!["data"]!["access_token"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
