using System.Diagnostics;
using System.Globalization;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>A file of 100 MB is uploaded, and the same file is copied and hashed by the system's own programs, in turn. Linux alone tells the memory.</summary>
internal static class Uploading
{
    private const int Size = 100_000_000;
    private const int Rounds = 5;

    public static async Task RunAsync(BenchServer server, Measurement measurement, CancellationToken stop)
    {
        var (client, session) = (server.NewClient(), await server.RegisterAsync(stop));
        await client.Auth.LoginAsync(session.User.Email, BenchServer.Password, stop);
        var path = Path.Combine(server.Folder, "upload.pdf");
        await RoundAsync(server, client, path, 1_000_000, stop);
        var rounds = new List<Round>();
        for (var n = 0; n < Rounds; n++)
            rounds.Add(await RoundAsync(server, client, path, Size, stop));

        var (upload, copy) = (Median(rounds.Select(round => round.Upload)), Median(rounds.Select(round => round.CopyAndHash)));
        Print(
            $"Uploading {Size / 1_000_000} MB, {Rounds} rounds",
            ("extra memory, MB, the most (bar: <= 64)", Number(rounds.Max(round => round.ExtraMegabytes))),
            ("upload, MB/s, median", Number(Size / 1_000_000 / upload)),
            ("cp and sha256sum, MB/s, median", Number(Size / 1_000_000 / copy)),
            ("upload / cp and sha256sum (bar: >= 50 %)", Number(copy / upload, "0 %")));
    }

    private static async Task<Round> RoundAsync(BenchServer server, CrossAuditClient client, string path, int size, CancellationToken stop)
    {
        // No two alike, for the same bytes are stored once. It is no PDF beyond its first bytes, so that its extraction ends soon.
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        "%PDF-1.7\n"u8.CopyTo(bytes);
        await File.WriteAllBytesAsync(path, bytes, stop);
        await RunAsync("sync", path);

        var from = Stopwatch.GetTimestamp();
        await RunAsync("cp", path, path + ".copy");
        await RunAsync("sha256sum", path + ".copy");
        var copyAndHash = Stopwatch.GetElapsedTime(from).TotalSeconds;
        File.Delete(path + ".copy");

        var before = Megabytes(server, "VmRSS");
        await File.WriteAllTextAsync($"/proc/{server.ProcessId}/clear_refs", "5", stop);
        from = Stopwatch.GetTimestamp();
        await using var file = File.OpenRead(path);
        var uploaded = await client.Documents.UploadAsync(file, "upload.pdf", new UploadFields(), stop);
        var upload = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var extra = Megabytes(server, "VmHWM") - before;

        while ((await client.Documents.GetAsync(uploaded.DocumentId, stop)).Value.Status == DocumentStatus.Pending)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        return new Round(upload, copyAndHash, extra);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
    }

    private static double Megabytes(BenchServer server, string name)
    {
        var line = File.ReadLines($"/proc/{server.ProcessId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Round(double Upload, double CopyAndHash, double ExtraMegabytes);
}
