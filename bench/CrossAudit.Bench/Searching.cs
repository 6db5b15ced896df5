using System.Diagnostics;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>Indexing and searching 1,000 and 100,000 passages, each in an organization of its own, by somebody who may see half of them.</summary>
internal static class Searching
{
    private static readonly (int Documents, int Passages)[] Sizes = [(10, 100), (100, 1_000)];

    public static async Task RunAsync(BenchServer server, Measurement measurement, CancellationToken stop)
    {
        foreach (var (documents, passages) in Sizes)
            await MeasureAsync(server, documents, passages, stop);
    }

    private static async Task MeasureAsync(BenchServer server, int documents, int passages, CancellationToken stop)
    {
        var (client, founder) = (server.NewClient(), await server.RegisterAsync(stop));
        await client.Auth.LoginAsync(founder.User.Email, BenchServer.Password, stop);
        var text = new RandomText(2026);
        var contents = Enumerable.Range(0, documents).Select(_ => Encoding.UTF8.GetBytes(text.Document(passages))).ToList();

        var from = Stopwatch.GetTimestamp();
        var ids = new List<Guid>();
        for (var i = 0; i < documents; i++)
            ids.Add(await UploadAsync(client, contents[i], i % 2 == 0 ? SensitivityLevel.Internal : SensitivityLevel.Restricted, stop));
        foreach (var id in ids)
            while ((await client.Documents.GetAsync(id, stop)).Value.Status == DocumentStatus.Pending)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        var indexing = Stopwatch.GetElapsedTime(from).TotalSeconds;

        var reader = await ReaderAsync(server, client, founder.Organization.Id, stop);
        await SearchAsync(reader, Enumerable.Range(0, 100).Select(_ => text.Query(1, 3)), stop);
        var some = await SearchAsync(reader, Enumerable.Range(0, 500).Select(_ => text.Query(1, 3)), stop);
        var many = await SearchAsync(reader, Enumerable.Range(0, 200).Select(_ => text.Query(8, 16)), stop);
        var phrases = await SearchAsync(reader, Enumerable.Range(0, 200).Select(_ => $"\"{text.Query(2, 2)}\""), stop);
        Print(
            $"{documents * passages:#,0} passages in {documents} documents; the reader may see half of them",
            ("uploaded, extracted and indexed, passages/s (bar: >= 5,000)", Number(documents * passages / indexing, "#,0")),
            ("search for 1 to 3 words, p50 and p99, ms (bar: p99 < 50)", Both(some)),
            ("search for 8 to 16 words, p50 and p99, ms", Both(many)),
            ("search for a phrase of two words, p50 and p99, ms", Both(phrases)));
    }

    private static async Task<Guid> UploadAsync(CrossAuditClient client, byte[] bytes, SensitivityLevel label, CancellationToken stop)
    {
        using var content = new MemoryStream(bytes);
        return (await client.Documents.UploadAsync(content, "text.md", new UploadFields { Title = "Text", SensitivityLevel = label }, stop)).DocumentId;
    }

    private static async Task<CrossAuditClient> ReaderAsync(BenchServer server, CrossAuditClient founder, Guid organization, CancellationToken stop)
    {
        var (client, session) = (server.NewClient(), await server.RegisterAsync(stop));
        await founder.Organizations.AddMemberAsync(organization, session.User.Id, "viewer", stop);
        await client.Auth.LoginAsync(new() { Email = session.User.Email, Password = BenchServer.Password, OrganizationId = organization }, stop);
        return client;
    }

    private static async Task<Figures> SearchAsync(CrossAuditClient reader, IEnumerable<string> queries, CancellationToken stop)
    {
        var (samples, from) = (new List<Sample>(), Stopwatch.GetTimestamp());
        foreach (var query in queries)
        {
            var began = Stopwatch.GetTimestamp();
            await reader.Documents.SearchAsync(query, stop);
            samples.Add(new Sample(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 200));
        }
        return new Figures(samples, Stopwatch.GetElapsedTime(from));
    }

    private static string Both(Figures figures) => $"{Number(figures.P50)}  {Number(figures.P99)}";
}
