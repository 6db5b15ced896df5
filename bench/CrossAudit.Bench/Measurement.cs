using System.CommandLine;

namespace CrossAudit.Bench;

/// <summary>What every command is told: how long to measure, with how many connections, and on which engines.</summary>
/// <param name="Length">How long each part is measured.</param>
/// <param name="Connections">How many requests are under way at a time.</param>
/// <param name="Engines">Settings of the server beyond the embedded shape.</param>
internal sealed record Measurement(TimeSpan Length, int Connections, IReadOnlyDictionary<string, string?> Engines)
{
    /// <summary>The database of the full shape.</summary>
    public static readonly Option<string?> Database = new("--database-url") { Description = "An empty PostgreSQL database; SQLite where left out." };

    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each part is measured.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Wide = new("--connections") { Description = "How many requests are under way at a time.", DefaultValueFactory = _ => 64 };
    private static readonly Option<string?> Redis = new("--redis-url") { Description = "A Redis; none where left out." };

    /// <summary>A command that starts a server, measures it and prints a table.</summary>
    public static Command Command(string name, string description, Func<BenchServer, Measurement, CancellationToken, Task> measure)
    {
        var command = new Command(name, description) { Seconds, Wide, Database, Redis };
        command.SetAction(async (arguments, stop) =>
        {
            var measurement = new Measurement(
                TimeSpan.FromSeconds(arguments.GetValue(Seconds)),
                arguments.GetValue(Wide),
                new Dictionary<string, string?> { ["DATABASE_URL"] = arguments.GetValue(Database), ["REDIS_URL"] = arguments.GetValue(Redis) });
            await using var server = await BenchServer.StartAsync(measurement.Engines, stop);
            await measure(server, measurement, stop);
        });
        return command;
    }
}
