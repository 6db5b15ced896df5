using System.Text.Json;
using CrossAudit.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>Servers with the limits that people have, on a clock that stands still; the tests' other servers have none.</summary>
internal static class ThrottledServers
{
    private const int RedisDatabases = 16;

    private static int _servers;

    /// <summary>Loopback as a trusted proxy, so that a test can come from anywhere.</summary>
    public static Dictionary<string, string?> Settings => new() { ["RATE_LIMIT_PER_MINUTE"] = null, ["TRUSTED_PROXIES"] = "127.0.0.1" };

    public static async Task<RunningServer> StartThrottledAsync(this ServerSet servers, Shape shape, TimeProvider clock) =>
        await servers.StartAsync(shape, await SettingsAsync(servers, shape), services => services.AddSingleton(clock));

    public static Task<HttpResponseMessage> LoginAsync(this RunningServer server, string email, string password = "not the password", string? from = null, string? code = null) =>
        server.PostFromAsync(from, "api/auth/login", new { email, password, totp_code = code });

    /// <summary>Posts as a client at this address.</summary>
    public static async Task<HttpResponseMessage> PostFromAsync(this RunningServer server, string? address, string path, object body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Answer.Json(JsonSerializer.Serialize(body)) };
        if (address is not null)
            request.Headers.Add("X-Forwarded-For", address);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // Tests share a Redis and come from one address: each server counts in a database of its own.
    private static async Task<Dictionary<string, string?>> SettingsAsync(ServerSet servers, Shape shape)
    {
        var settings = Settings;
        if (shape == Shape.Full)
            settings["REDIS_URL"] = $"{(await servers.FullShapeAsync())["REDIS_URL"]}/{1 + (Interlocked.Increment(ref _servers) % (RedisDatabases - 1))}";
        return settings;
    }
}
