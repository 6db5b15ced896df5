using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>The store of the full shape goes away and comes back.</summary>
public sealed class TheFileStoreIsAway(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uploads_wait_metadata_does_not_and_nothing_is_half_made()
    {
        // Asking for the shared engines skips this where there are none.
        await servers.FullShapeAsync();
        await using var store = await S3Engine.StartAsync();
        await using var server = await servers.StartAsync(Shape.Full, new Dictionary<string, string?> { ["MINIO_ENDPOINT"] = store.Endpoint });
        var founder = await Person.FounderAsync(server);
        var before = await founder.UploadTextAsync("Stored while the store was there.");
        Assert.Equal(DocumentStatus.Indexed, before.Status);

        await store.StopAsync();
        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => founder.UploadAsync("a.txt", "Cannot be stored."u8.ToArray(), Stop));
        Assert.Equal((503, ErrorCodes.ServerUnavailable), (refused.Problem.Status, refused.Problem.Code));
        Assert.NotNull(refused.RetryAfter);
        await server.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => founder.UploadVersionAsync(before.Id, "Cannot be stored either.", Stop));
        await server.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => founder.Client.Documents.DownloadAsync(before.Id, stop: Stop));
        Assert.Equal(1, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);
        Assert.Equal("A text", (await founder.Client.Documents.GetAsync(before.Id, Stop)).Value.Title);
        Assert.Single((await founder.Client.Documents.SearchAsync("stored", Stop)).Items);

        await store.ResumeAsync();
        Assert.Equal(2, (await founder.UploadVersionAsync(before.Id, "Cannot be stored either.", Stop)).VersionNumber);
        Assert.Equal(DocumentStatus.Indexed, (await founder.UntilSettledAsync(before.Id)).Status);
    }
}
