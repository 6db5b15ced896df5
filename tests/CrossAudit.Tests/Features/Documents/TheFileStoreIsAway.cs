using System.Security.Cryptography;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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

    [Theory, EveryShape]
    public async Task Indexing_waits_for_it_however_long_that_takes(Shape shape)
    {
        var (clock, store) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new FailingStore());
        await using var server = await servers.StartAsync(shape, configure: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            store.Wrap(services);
        });
        var founder = await Person.FounderAsync(server);
        // It goes away between an upload and its indexing.
        store.Reading = new BlobStoreUnavailableException("Away.");
        var upload = await founder.UploadAsync("a.txt", "A heron waits."u8.ToArray(), Stop);
        Task<DocumentVersion> VersionAsync() => server.ReadAsync(db => db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking().SingleAsync(v => v.DocumentId == upload.DocumentId, Stop));

        await UntilAsync(async () => (await VersionAsync()).Attempts > 8, TimeSpan.FromMinutes(1));
        Assert.NotNull((await VersionAsync()).DueAt);
        store.Reading = null;
        var attempts = (await VersionAsync()).Attempts;
        clock.Advance(TimeSpan.FromMinutes(15));
        await UntilAsync(async () => (await VersionAsync()).Attempts > attempts, TimeSpan.FromSeconds(1));

        Assert.Equal(DocumentStatus.Indexed, (await founder.UntilSettledAsync(upload.DocumentId)).Status);
        Assert.Single((await founder.Client.Documents.SearchAsync("heron", Stop)).Items);

        Task UntilAsync(Func<Task<bool>> holds, TimeSpan step) => Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(step);
                return await holds();
            },
            TimeSpan.FromSeconds(60),
            "What was waited for");
    }

    [Theory, EveryShape]
    public async Task An_upload_that_fails_halfway_leaves_neither_document_nor_work_file(Shape shape)
    {
        var store = new FailingStore();
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?> { ["BLOB_ENCRYPTION_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }, store.Wrap);
        var founder = await Person.FounderAsync(server);

        store.Away = new BlobStoreUnavailableException("Away.");
        await server.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => founder.UploadAsync("a.txt", "Not stored."u8.ToArray(), Stop));
        (store.Away, store.AfterStoring) = (null, new StorageFullException(new IOException("No space left on device")));
        await server.RefusesAsync(founder, 507, ErrorCodes.StorageFull, () => founder.UploadAsync("a.txt", "Not stored."u8.ToArray(), Stop));

        Assert.Empty(Directory.GetFiles(server.Settings.WorkDirectory));
        store.AfterStoring = null;
        var upload = await founder.UploadAsync("a.txt", "Not stored."u8.ToArray(), Stop);
        Assert.Equal("Not stored."u8.ToArray(), await founder.ContentAsync(upload.DocumentId));
    }
}
