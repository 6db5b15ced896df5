using System.Net.Http.Headers;
using System.Net.Http.Json;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>Strangers try to sign in as fast as they can. Somebody who is signed in should not notice.</summary>
internal static class LoginFlood
{
    // A steady trickle: as many requests with the flood as without, so that the two are times of the same work.
    private const int Readers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(BenchServer server, Measurement measurement, CancellationToken stop)
    {
        var token = (await server.RegisterAsync(stop)).AccessToken;
        using var reading = new Load(server.Address, Readers);
        using var flooding = new Load(server.Address, measurement.Connections);
        Task<Figures> ReadAsync(TimeSpan length) => reading.RunAsync(length, _ => Me(token), pace: Pace, stop: stop);
        Task<Figures> FloodAsync(TimeSpan length) => flooding.RunAsync(length, _ => Guess(), stop: stop);

        await ReadAsync(WarmUp);
        await FloodAsync(WarmUp);
        var before = await ReadAsync(measurement.Length);
        var flood = FloodAsync(measurement.Length);
        var during = await ReadAsync(measurement.Length);
        var guesses = await flood;
        var after = await ReadAsync(measurement.Length);

        var quiet = (before.P99 + after.P99) / 2;
        Print(
            $"GET /api/auth/me while {measurement.Connections} connections try to sign in",
            ("p50 without, ms", Number((before.P50 + after.P50) / 2, "0.00")),
            ("p50 with, ms", Number(during.P50, "0.00")),
            ("p99 without, before and after, ms", $"{Number(before.P99, "0.00")} {Number(after.P99, "0.00")}"),
            ("p99 with, ms", Number(during.P99, "0.00")),
            ("p99 with / without (bar: <= 3)", Number(during.P99 / quiet, "0.00")),
            ("guesses answered per second", Number(guesses.PerSecond(401))),
            ("of all guesses, 503", Number(guesses.Share(503), "0.0 %")));
    }

    private static HttpRequestMessage Me(string token) =>
        new(HttpMethod.Get, new Uri("api/auth/me", UriKind.Relative)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static HttpRequestMessage Guess() => new(HttpMethod.Post, new Uri("api/auth/login", UriKind.Relative))
    {
        Content = JsonContent.Create(new { email = "nobody@example.org", password = "not the password" }),
    };
}
