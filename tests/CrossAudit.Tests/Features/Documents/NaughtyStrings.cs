using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>The Big List of Naughty Strings as titles, descriptions and tags: what is taken comes back as it was sent.</summary>
public sealed class NaughtyStrings(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task They_survive_a_round_trip_or_are_refused(Shape shape)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var strings = JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(Path.Combine(SharedData.Folder, "vectors", "naughty-strings", "blns.json"), Stop))!;
        Assert.True(strings.Count > 400);

        foreach (var text in strings.Append("U+0000 \0 inside"))
        {
            var request = new CreateDocumentRequest { Title = Cut(text, 300), Description = Cut(text, 5000), Tags = [Cut(text, 100)], SensitivityLevel = SensitivityLevel.Internal };
            if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal))
            {
                await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Documents.CreateAsync(request, Stop));
                continue;
            }
            var created = (await founder.Client.Documents.CreateAsync(request, Stop)).Value;
            var read = (await founder.Client.Documents.GetAsync(created.Id, Stop)).Value;
            Assert.Equal((request.Title, request.Description, request.Tags[0]), (read.Title, read.Description, read.Tags.Single()));
            var tagged = await founder.Client.Documents.ListAsync(new DocumentFilter { Tag = request.Tags[0], Text = request.Title }, stop: Stop);
            Assert.Contains(tagged.Items, d => d.Id == created.Id);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
