using System.Net.Http.Json;
using System.Text.Json;
using CrossAudit.Contracts.Auth;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>Sessions are renewed often and people sign in rarely: the one has to be far cheaper than the other, which is dear on purpose.</summary>
internal static class Refreshing
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(BenchServer server, Measurement measurement, CancellationToken stop)
    {
        var sessions = new SessionView[measurement.Connections];
        for (var i = 0; i < sessions.Length; i++)
            sessions[i] = await server.RegisterAsync(stop);
        var tokens = Array.ConvertAll(sessions, session => session.RefreshToken);
        using var load = new Load(server.Address, measurement.Connections);
        Task<Figures> RefreshAsync(TimeSpan length) => load.RunAsync(length, i => Post("api/auth/refresh", new { refresh_token = tokens[i] }), async (i, answer) => tokens[i] = await NextAsync(answer, stop), stop: stop);
        Task<Figures> LoginAsync(TimeSpan length) => load.RunAsync(length, i => Post("api/auth/login", new { email = sessions[i].User.Email, password = BenchServer.Password }), stop: stop);

        await RefreshAsync(WarmUp);
        await LoginAsync(WarmUp);
        var refreshes = await RefreshAsync(measurement.Length);
        var logins = await LoginAsync(measurement.Length);

        Print(
            $"Renewing and signing in, {measurement.Connections} connections",
            ("renewals per second", Number(refreshes.PerSecond(200))),
            ("renewal p50, p99, ms", $"{Number(refreshes.P50)} {Number(refreshes.P99)}"),
            ("sign-ins per second", Number(logins.PerSecond(200))),
            ("sign-in p50, p99, ms", $"{Number(logins.P50)} {Number(logins.P99)}"),
            ("renewals / sign-ins (bar: >= 100)", Number(refreshes.PerSecond(200) / logins.PerSecond(200))));
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };

    private static async Task<string> NextAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop);
        return body.RootElement.GetProperty("data").GetProperty("refresh_token").GetString()!;
    }
}
