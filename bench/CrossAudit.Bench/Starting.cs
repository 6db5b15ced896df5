using System.CommandLine;
using System.Diagnostics;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>From a process to a healthy server, embedded and migrated, and what it takes when it rests.</summary>
internal static class Starting
{
    private const int Rounds = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    public static Command Command()
    {
        var command = new Command("start", "Starting the embedded server: time, processor time, and memory at rest.");
        command.SetAction(async (_, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("crossaudit-bench-").FullName;
            try
            {
                // The first makes the database.
                await RoundAsync(folder, stop);
                var rounds = new List<Round>();
                for (var round = 0; round < Rounds; round++)
                    rounds.Add(await RoundAsync(folder, stop));
                Print(
                    $"Starting, {Rounds} rounds, median",
                    ("healthy after, ms (bar: < 2,000)", Number(rounds.Select(round => round.Healthy.TotalMilliseconds).Order().ElementAt(Rounds / 2), "#,0")),
                    ("processor time until then, ms", Number(rounds.Select(round => round.Processor.TotalMilliseconds).Order().ElementAt(Rounds / 2), "#,0")),
                    ("resident memory at rest, MB (bar: <= 150)", Number(rounds.Select(round => round.Resident / 1e6).Order().ElementAt(Rounds / 2), "#,0")));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task<Round> RoundAsync(string folder, CancellationToken stop)
    {
        await using var server = await BenchServer.StartAsync(folder, new Dictionary<string, string?>(), stop);
        using var process = Process.GetProcessById(server.ProcessId);
        var (healthy, processor) = (server.HealthyAfter, process.TotalProcessorTime);
        await Task.Delay(Rest, TimeProvider.System, stop);
        process.Refresh();
        return new Round(healthy, processor, process.WorkingSet64);
    }

    private sealed record Round(TimeSpan Healthy, TimeSpan Processor, long Resident);
}
