using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Every real document of a type that is read: uploaded, settled as it should be, and found by phrases that stand in it.</summary>
public sealed class RealDocumentsAreFound(ServerSet servers)
{
    private static readonly string[] Types = ["pdf", "docx", "pptx", "xlsx", "html", "md", "csv", "txt", "eml", "zip"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_settles_and_its_phrases_are_found_on_their_pages(Shape shape)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var manifest = SharedData.Documents().Where(d => Types.Contains(d.GetProperty("type").GetString())).ToList();
        Assert.True(manifest.Count > 20);
        var misses = new List<string>();

        foreach (var (entry, id) in await UploadAllAsync(founder, manifest))
        {
            var (file, document) = (entry.GetProperty("file").GetString()!, await founder.UntilSettledAsync(id));
            if (file == "scanned-one-page.pdf")
                Assert.Equal((DocumentStatus.Unsupported, "No text layer: the pages are images."), (document.Status, document.StatusDetail));
            else if (document.Status != DocumentStatus.Indexed)
                misses.Add($"{file}: {document.Status}, {document.StatusDetail}");
            foreach (var (phrase, page) in Phrases(entry))
                if (await FindAsync(founder, phrase, page, id) is { } miss)
                    misses.Add($"{file}: \"{phrase}\" {miss}");
        }

        Assert.True(misses.Count == 0, string.Join(Environment.NewLine, misses));
    }

    private static async Task<List<(JsonElement Entry, Guid Id)>> UploadAllAsync(Person person, List<JsonElement> manifest)
    {
        var uploaded = new List<(JsonElement, Guid)>();
        foreach (var entry in manifest)
        {
            var file = entry.GetProperty("file").GetString()!;
            await using var content = File.OpenRead(SharedData.Document(file));
            var upload = await person.Client.Documents.UploadAsync(content, file, new UploadFields { SensitivityLevel = SensitivityLevel.Internal }, Stop);
            Assert.Equal((entry.GetProperty("sha256").GetString(), entry.GetProperty("bytes").GetInt64()), (upload.Checksum, upload.Size));
            uploaded.Add((entry, upload.DocumentId));
        }
        return uploaded;
    }

    // A phrase that runs over the end of a paragraph is in no one fragment: then its words lead to the page.
    private static async Task<string?> FindAsync(Person person, string phrase, int? page, Guid document)
    {
        var whole = Extractor.Normalize(phrase);
        foreach (var query in new[] { $"\"{phrase}\"", phrase })
        {
            var found = await person.Client.Documents.SearchAsync(new SearchRequest { Query = query, Limit = 20 }, Stop);
            if (found.Items.Any(hit => hit.Fragment.DocumentId == document && (page is null || hit.Fragment.PageNumber == page) && Extractor.Normalize(hit.Fragment.Content).Contains(whole, StringComparison.Ordinal)))
                return null;
        }
        var inText = false;
        for (var offset = 0; !inText; offset += 1000)
        {
            var fragments = await person.Client.Documents.ListFragmentsAsync(document, 1000, offset, Stop);
            inText = fragments.Items.Any(f => Extractor.Normalize(f.Content).Contains(whole, StringComparison.Ordinal));
            if (!fragments.Meta.HasMore)
                break;
        }
        return inText ? "stands in a fragment but is not found" : "stands in no fragment";
    }

    private static List<(string Phrase, int? Page)> Phrases(JsonElement entry) =>
        [.. from place in (string[])["", "2"]
            where entry.TryGetProperty("phrase" + place, out var phrase) && phrase.ValueKind == JsonValueKind.String
            let page = entry.TryGetProperty("page" + place, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : (int?)null
            select (entry.GetProperty("phrase" + place).GetString()!, page)];
}
