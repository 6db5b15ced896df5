using System.Collections.Concurrent;
using System.CommandLine;
using System.Security.Cryptography;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>A server under load that is killed again and again: whether what it acknowledged is there, and each change has its event and each event its change.</summary>
internal static class Killing
{
    private const int Writers = 8;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "How often it is killed.", DefaultValueFactory = _ => 100 };

    public static Command Command()
    {
        var command = new Command("kill", "SIGKILL under load, again and again: acknowledged writes lost, and changes against events of the audit trail.") { Rounds, Measurement.Database };
        command.SetAction(async (arguments, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("crossaudit-bench-").FullName;
            try
            {
                var engines = new Dictionary<string, string?>
                {
                    ["DATABASE_URL"] = arguments.GetValue(Measurement.Database),
                    ["JWT_SECRET_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
                };
                return await RunAsync(folder, engines, arguments.GetValue(Rounds), stop);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string folder, Dictionary<string, string?> engines, int rounds, CancellationToken stop)
    {
        SessionView session;
        Guid threadId;
        await using (var first = await BenchServer.StartAsync(folder, engines, stop))
        {
            session = await first.RegisterAsync(stop);
            threadId = (await (await SignInAsync(first, session, stop)).Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Under fire" }, stop)).Value.Id;
        }
        var acknowledged = new Acknowledged();
        for (var round = 0; round < rounds; round++)
            await RoundAsync(folder, engines, session, threadId, acknowledged, stop);

        await using var server = await BenchServer.StartAsync(folder, engines, stop);
        var client = await SignInAsync(server, session, stop);
        var kept = await KeptChanges.ReadAsync(client, threadId, stop);
        var verified = await client.Audit.VerifyAsync(stop);
        var lost = kept.Lost(acknowledged);
        Print(
            $"Killed {rounds} times, {Writers} writers",
            ("writes acknowledged", Number(acknowledged.Count, "#,0")),
            ("acknowledged and lost (bar: 0)", Number(lost, "#,0")),
            ("changes", Number(kept.Changes, "#,0")),
            ("changes without an event (bar: 0)", Number(kept.Unrecorded, "#,0")),
            ("events without a change (bar: 0)", Number(kept.Unfounded, "#,0")),
            ("the log verifies", verified.Holds ? $"yes, {verified.CheckedEvents} events" : verified.Problems[0].ToString()));
        return lost + kept.Unrecorded + kept.Unfounded == 0 && verified.Holds ? 0 : 1;
    }

    private static async Task RoundAsync(string folder, Dictionary<string, string?> engines, SessionView session, Guid threadId, Acknowledged acknowledged, CancellationToken stop)
    {
        var server = await BenchServer.StartAsync(folder, engines, stop);
        using var dead = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var client = await SignInAsync(server, session, stop);
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(client, threadId, acknowledged, dead.Token)).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(50, 1500)), TimeProvider.System, stop);
        // Without a word to it: this is what the power does.
        await server.DisposeAsync();
        await dead.CancelAsync();
        await Task.WhenAll(writers);
    }

    // Ends with the server: whatever was under way then may have happened or not.
    private static async Task WriteAsync(CrossAuditClient client, Guid threadId, Acknowledged acknowledged, CancellationToken dead)
    {
        try
        {
            while (true)
            {
                var document = (await client.Documents.CreateAsync(new CreateDocumentRequest { Title = "First" }, dead)).Value;
                acknowledged.Documents.Add(document.Id);
                var title = $"Renamed {document.Id}";
                await client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = title }, stop: dead);
                acknowledged.Titles[document.Id] = title;
                acknowledged.Messages.Add((await client.Chat.SendAsync(threadId, new SendMessageRequest { Content = title }, dead)).Id);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or HttpRequestException or IOException)
        {
        }
    }

    private static async Task<CrossAuditClient> SignInAsync(BenchServer server, SessionView session, CancellationToken stop)
    {
        var client = server.NewClient();
        await client.Auth.LoginAsync(session.User.Email, BenchServer.Password, stop);
        return client;
    }
}

/// <summary>What the server said is done.</summary>
internal sealed class Acknowledged
{
    public ConcurrentBag<Guid> Documents { get; } = [];

    public ConcurrentDictionary<Guid, string> Titles { get; } = new();

    public ConcurrentBag<Guid> Messages { get; } = [];

    public int Count => Documents.Count + Titles.Count + Messages.Count;
}
