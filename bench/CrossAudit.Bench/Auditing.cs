using System.CommandLine;
using System.Diagnostics;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>A long trail: how fast it is sealed and indexed, what a proof costs, and what the first page of any filter does.</summary>
internal static class Auditing
{
    private const int RowsAtATime = 5_000;
    private const int Actors = 200;
    private const int Rounds = 40;

    private static readonly Option<int> Events = new("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly string[] Actions = [AuditActions.DocumentDownloaded, AuditActions.DocumentSearched, AuditActions.MessageSent, AuditActions.DocumentUpdated, AuditActions.DocumentCreated, AuditActions.RoleGranted];
    private static readonly string[] Words = ["policy", "model", "risk", "review", "committee", "approval", "quarterly", "incident", "vendor", "training"];

    public static Command Command()
    {
        var command = new Command("audit", "Sealing, proving and searching a long audit trail.") { Events, Measurement.Database };
        command.SetAction(async (arguments, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("crossaudit-bench-").FullName;
            try
            {
                await MeasureAsync(folder, new Dictionary<string, string?> { ["DATABASE_URL"] = arguments.GetValue(Measurement.Database), ["JWT_SECRET_KEY"] = BenchDatabase.Secret }, arguments.GetValue(Events), stop);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task MeasureAsync(string folder, Dictionary<string, string?> engines, int count, CancellationToken stop)
    {
        Contracts.Auth.SessionView session;
        await using (var first = await BenchServer.StartAsync(folder, engines, stop))
            session = await first.RegisterAsync(stop);
        await using var services = BenchDatabase.Open(folder, engines["DATABASE_URL"]);
        await StoreAsync(services, session.Organization.Id, count, stop);
        await using var server = await BenchServer.StartAsync(folder, engines, stop);
        var from = Stopwatch.GetTimestamp();
        var client = server.NewClient();
        await client.Auth.LoginAsync(session.User.Email, BenchServer.Password, stop);
        var sealing = await UntilAsync(services, session.Organization.Id, tree => tree.Size >= count, from, stop);
        var indexing = await UntilAsync(services, session.Organization.Id, tree => tree.IndexedTo >= count, from, stop);
        Print(
            $"{count:#,0} events",
            ("sealed, events/s (bar: >= 10,000)", Number(count / sealing.TotalSeconds, "#,0")),
            ("indexed, events/s, sealing included", Number(count / indexing.TotalSeconds, "#,0")));
        await ProveAsync(client, stop);
        await SearchAsync(client, count, stop);
    }

    private static async Task ProveAsync(CrossAuditClient client, CancellationToken stop)
    {
        var events = (await client.Audit.ListAsync(new() { Sort = "created_at" }, limit: 200, offset: 1000, stop: stop)).Items;
        Print(
            "Evidence",
            ("a proof, p50 and p99, ms (bar: < 10)", await TimesAsync(i => client.Audit.GetProofAsync(events[i % events.Count].Id, stop))),
            ("a proof that it grew, p50 and p99, ms", await TimesAsync(i => client.Audit.GetConsistencyAsync(1 + (i * 997), null, stop))),
            ("all of it verified, s", await TimeAsync(() => client.Audit.VerifyAsync(stop))),
            ("statistics of 30 days, p50 and p99, ms", await TimesAsync(_ => client.Audit.GetStatisticsAsync(30, stop))));
    }

    private static async Task SearchAsync(CrossAuditClient client, int count, CancellationToken stop)
    {
        var start = Start(count);
        (string Name, Func<int, AuditFilter> Filter)[] filters =
        [
            ("no filter", _ => new()),
            ("one action", i => new() { Action = Actions[i % Actions.Length] }),
            ("a rare outcome", _ => new() { Outcome = "denied" }),
            ("an account", i => new() { ActorUserId = Actor(i) }),
            ("one resource", i => new() { ResourceId = Resource(i * 37) }),
            ("an account, an action and a day of long ago", i => new() { ActorUserId = Actor(i), Action = "document.*", StartDate = start.AddDays(2), EndDate = start.AddDays(3) }),
            ("two that never meet", _ => new() { Severity = "critical", Outcome = "success" }),
            ("a word", i => new() { Text = Words[i % Words.Length] }),
            ("three words and an account", i => new() { Text = $"{Words[i % 10]} {Words[(i + 3) % 10]} {Words[(i + 5) % 10]}", ActorUserId = Actor(i) }),
            ("a word that nobody wrote", _ => new() { Text = "zyzzyva" }),
        ];
        var rows = new List<(string, string)>();
        foreach (var (name, filter) in filters)
            rows.Add(($"{name}, p50 and p99, ms", await TimesAsync(i => client.Audit.ListAsync(filter(i), stop: stop))));
        Print("First page of 100 (bar: p99 < 100)", [.. rows]);
    }

    private static async Task<string> TimesAsync(Func<int, Task> ask)
    {
        var samples = new List<Sample>();
        for (var i = -3; i < Rounds; i++)
        {
            var from = Stopwatch.GetTimestamp();
            await ask(Math.Abs(i));
            if (i >= 0)
                samples.Add(new Sample(Stopwatch.GetElapsedTime(from).TotalMilliseconds, 200));
        }
        var figures = new Figures(samples, TimeSpan.Zero);
        return $"{Number(figures.P50)} {Number(figures.P99)}";
    }

    private static async Task<string> TimeAsync(Func<Task> ask)
    {
        var from = Stopwatch.GetTimestamp();
        await ask();
        return Number(Stopwatch.GetElapsedTime(from).TotalSeconds);
    }

    private static async Task<TimeSpan> UntilAsync(IServiceProvider services, Guid organization, Func<AuditTree, bool> holds, long from, CancellationToken stop)
    {
        while (true)
        {
            await using (var scope = services.CreateAsyncScope())
                if (await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditTree>().AsNoTracking().SingleOrDefaultAsync(tree => tree.OrganizationId == organization, stop) is { } tree && holds(tree))
                    return Stopwatch.GetElapsedTime(from);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        }
    }

    private static async Task StoreAsync(IServiceProvider services, Guid organization, int count, CancellationToken stop)
    {
        var start = Start(count);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(RowsAtATime))
            await AccessRows.SaveAsync(services, Array.ConvertAll<int, object>(numbers, n => Event(organization, n, start)), stop);
    }

    private static AuditEvent Event(Guid organization, int n, DateTimeOffset start)
    {
        var time = start.AddSeconds(n);
        var e = new AuditEvent
        {
            Id = Guid.CreateVersion7(time),
            OrganizationId = organization,
            ActorUserId = Actor(n * 7),
            ActorType = "user",
            ActorLabel = $"person{n * 7 % Actors}@example.org",
            Action = Actions[n * 13 % 101 % Actions.Length],
            ResourceType = "document",
            ResourceId = Resource(n),
            CorrelationId = Guid.CreateVersion7(time).ToString("N"),
            Severity = n % 997 == 0 ? "critical" : "info",
            Outcome = n % 997 == 0 ? "denied" : "success",
            CreatedAt = time,
            Salt = System.Security.Cryptography.RandomNumberGenerator.GetBytes(EventEncoding.SaltLength),
            IpAddress = $"10.0.{n % 50}.{n % 200}",
            UserAgent = "bench",
            Metadata = new() { ["title"] = $"{Words[n % 10]} {Words[n / 10 % 10]} {Words[n / 100 % 10]} {n / 50}", ["version_number"] = n % 9 },
        };
        (e.DetailsHash, e.Entry) = EventEncoding.Commit(e);
        return e;
    }

    private static DateTimeOffset Start(int count) => TimeProvider.System.GetUtcNow().AddSeconds(-count);

    private static Guid Actor(int n) => new(n % Actors, 0, 0, new byte[8]);

    private static string Resource(int n) => new Guid(n % 50_000, 1, 0, new byte[8]).ToString();
}
