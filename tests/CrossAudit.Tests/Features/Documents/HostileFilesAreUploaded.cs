using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Files made to break parsers, through the API: each is refused or says what is wrong with it, and the server goes on.</summary>
public sealed class HostileFilesAreUploaded(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> All() => SharedData.Folder is null
        ? [new TheoryDataRow<string>("../shared/data/hostile") { Skip = SharedData.Absent }]
        : SharedData.HostileFiles().Select(f => new TheoryDataRow<string>(f.GetProperty("file").GetString()!));

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_ends_in_a_refusal_or_a_reason_and_the_next_file_is_taken(string file)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        try
        {
            await using var content = File.OpenRead(SharedData.Hostile(file));
            var upload = await founder.Client.Documents.UploadAsync(content, file, stop: Stop);
            var document = await founder.UntilSettledAsync(upload.DocumentId);
            if (document.Status is DocumentStatus.Unsupported or DocumentStatus.Failed)
                AssertReadable(document.StatusDetail);
            else
                Assert.Equal(DocumentStatus.Indexed, document.Status);
        }
        catch (CrossAuditException refused)
        {
            Assert.Contains(refused.Problem.Status, new[] { 400, 413, 415 });
            AssertReadable(refused.Problem.Detail);
        }

        Assert.Equal("healthy", (await founder.Client.Health.GetAsync(Stop)).Status);
        Assert.Equal(DocumentStatus.Indexed, (await founder.UploadTextAsync("A heron stands.")).Status);
        Assert.Single((await founder.Client.Documents.SearchAsync("heron stands", Stop)).Items);
    }

    private static void AssertReadable(string? reason)
    {
        Assert.False(string.IsNullOrWhiteSpace(reason));
        Assert.DoesNotContain("Exception", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", reason, StringComparison.Ordinal);
    }
}
