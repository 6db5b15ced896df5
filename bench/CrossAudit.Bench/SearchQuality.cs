using System.CommandLine;
using System.Text;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>How well search ranks: a collection with judged queries is uploaded and searched, on each database.</summary>
internal static class SearchQuality
{
    private const int Depth = 10;

    private static readonly Option<DirectoryInfo> Collection = new("--collection")
    {
        Description = "A folder with corpus.jsonl {id, title, text}, queries.jsonl {id, text} and qrels.tsv (query_id, doc_id, relevance).",
        Required = true,
    };

    public static Command Command()
    {
        var command = new Command("search-quality", "nDCG@10 of search over a judged collection, on SQLite and, if one is named, on PostgreSQL.") { Collection, Measurement.Database };
        command.SetAction(async (arguments, stop) =>
        {
            var (folder, postgres) = (arguments.GetValue(Collection)!.FullName, arguments.GetValue(Measurement.Database));
            var sqlite = await MeasureAsync("SQLite", folder, null, stop);
            if (postgres is not null)
                Print("Both databases", ("difference of nDCG@10 (bar: <= 0.02)", Number(Math.Abs(sqlite - await MeasureAsync("PostgreSQL", folder, postgres, stop)), "0.000")));
        });
        return command;
    }

    private static async Task<double> MeasureAsync(string database, string folder, string? url, CancellationToken stop)
    {
        await using var server = await BenchServer.StartAsync(new Dictionary<string, string?> { ["DATABASE_URL"] = url }, stop);
        var (client, session) = (server.NewClient(), await server.RegisterAsync(stop));
        await client.Auth.LoginAsync(session.User.Email, BenchServer.Password, stop);
        var documents = await UploadAsync(client, Read(folder, "corpus.jsonl"), stop);
        var judged = File.ReadLines(Path.Combine(folder, "qrels.tsv")).Skip(1).Select(line => line.Split('\t')).ToLookup(parts => parts[0], parts => (Document: parts[1], Gain: double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)));
        var (gains, found) = (new List<double>(), 0);
        foreach (var query in Read(folder, "queries.jsonl").Where(query => judged.Contains(query.GetProperty("id").ToString())))
        {
            var relevant = judged[query.GetProperty("id").ToString()].ToDictionary(judgement => judgement.Document, judgement => judgement.Gain);
            var hits = await client.Documents.SearchAsync(new SearchRequest { Query = query.GetProperty("text").GetString()!, Limit = 100 }, stop);
            var ranking = hits.Items.Select(hit => documents[hit.Fragment.DocumentId]).Distinct().ToList();
            gains.Add(Discounted(ranking.Select(document => relevant.GetValueOrDefault(document))) / Discounted(relevant.Values.OrderDescending()));
            found += ranking.Count;
        }
        Print(
            $"{Path.GetFileName(folder)} on {database}: {documents.Count} documents, {gains.Count} queries",
            ("nDCG@10", Number(gains.Average(), "0.0000")),
            ("documents found within 100 passages", Number((double)found / gains.Count)));
        return gains.Average();
    }

    private static async Task<Dictionary<Guid, string>> UploadAsync(CrossAuditClient client, IEnumerable<JsonElement> corpus, CancellationToken stop)
    {
        var documents = new Dictionary<Guid, string>();
        foreach (var document in corpus)
        {
            var text = document.GetProperty("text").GetString()!;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var id = document.GetProperty("id").ToString();
            documents[(await client.Documents.UploadAsync(content, $"{id}.txt", new UploadFields { Title = document.GetProperty("title").GetString() is { Length: > 0 } title ? title[..Math.Min(title.Length, 200)] : id }, stop)).DocumentId] = id;
        }
        foreach (var id in documents.Keys)
            while ((await client.Documents.GetAsync(id, stop)).Value.Status == DocumentStatus.Pending)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        return documents;
    }

    private static double Discounted(IEnumerable<double> gains) => gains.Take(Depth).Select((gain, place) => gain / Math.Log2(place + 2)).Sum();

    private static IEnumerable<JsonElement> Read(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));
}
