using System.Text;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Bytes that no version came to refer to are deleted a day later; those that one is about to refer to never are.</summary>
public sealed class OrphansAreCollected(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly FailingStore _store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task What_an_interrupted_upload_has_stored_is_collected_after_a_day_and_not_before(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        _store.AfterStoring = new BlobStoreUnavailableException("The server dies here.");
        await server.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => founder.UploadAsync("a.txt", "Nobody's words."u8.ToArray(), Stop));
        _store.AfterStoring = null;
        var orphan = Assert.Single(await server.BlobsAsync(founder.OrganizationId));
        Assert.Null(orphan.StoredAt);

        await PassAsync(TimeSpan.FromHours(23));
        Assert.Equal("Nobody's words."u8.ToArray(), await server.RawBytesAsync(orphan.Location));
        await UntilAsync(TimeSpan.FromHours(1), async () => await server.RawBytesAsync(orphan.Location) is null);

        Assert.Empty(await server.BlobsAsync(founder.OrganizationId));
        await UntilAsync(TimeSpan.Zero, async () => (await Stored.AllAsync<DiscardedBlob>(server)).Count == 0);
    }

    [Theory, EveryShape]
    public async Task An_upload_that_begins_when_the_orphan_is_due_keeps_its_bytes(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, text) = (await Person.FounderAsync(server), "Wanted after all."u8.ToArray());
        var orphan = await KeepAsync(server, founder, text);

        // Due, and not looked at yet: the clock has not moved for the loop.
        _clock.Advance(TimeSpan.FromHours(23));
        var upload = await founder.UploadAsync("a.txt", text, Stop);
        Assert.Equal(orphan, (await server.BlobAsync(upload.DocumentId)).Id);
        await UntilAsync(TimeSpan.FromDays(2), async () => (await server.BlobAsync(upload.DocumentId)).VerifiedAt is not null);

        Assert.Equal(text, await founder.ContentAsync(upload.DocumentId));
    }

    [Theory, EveryShape]
    public async Task A_reservation_holds_bytes_that_nobody_refers_to_yet(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, text) = (await Person.FounderAsync(server), "Still on its way."u8.ToArray());
        var blobId = await KeepAsync(server, founder, text);
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(blobId, await KeepAsync(server, founder, text));

        await PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(blobId, Assert.Single(await server.BlobsAsync(founder.OrganizationId)).Id);
    }

    [Theory, EveryShape]
    public async Task A_version_that_comes_too_late_is_refused_by_the_database_rather_than_left_without_bytes(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var blobId = await KeepAsync(server, founder, "Too late."u8.ToArray());
        await UntilAsync(TimeSpan.FromDays(1), async () => (await server.BlobsAsync(founder.OrganizationId)).Count == 0);
        var document = await founder.UploadTextAsync("A document.");

        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrossAudit.Server.Platform.Data.AppDbContext>();
        var version = await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.DocumentId == document.Id).SingleAsync(Stop);
        db.ChangeTracker.Clear();
        db.Add(new DocumentVersion { Id = Guid.CreateVersion7(), OrganizationId = version.OrganizationId, DocumentId = version.DocumentId, Number = 2, Title = "Late", Filename = "late.txt", ContentHash = "late", BlobId = blobId, FileSize = 9, MimeType = "text/plain", ChangeType = "update", CreatedBy = founder.Id, CreatedAt = version.CreatedAt });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
    }

    [Theory, EveryShape]
    public async Task Uploads_and_collections_of_the_same_bytes_at_once_lose_none(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        for (var round = 0; round < 5; round++)
        {
            var text = Encoding.UTF8.GetBytes($"Fought over {round}");
            await KeepAsync(server, founder, text);
            _clock.Advance(TimeSpan.FromHours(25));
            var uploads = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => founder.UploadAsync($"{n}.txt", text, Stop)));
            Assert.Single((await Task.WhenAll(uploads.Select(upload => server.BlobAsync(upload.DocumentId)))).Select(blob => blob.Id).Distinct());
            foreach (var upload in uploads)
                Assert.Equal(text, await founder.ContentAsync(upload.DocumentId));
        }
    }

    [Theory, EveryShape]
    public async Task Work_files_that_a_killed_server_left_are_removed(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var left = Path.Combine(server.Settings.WorkDirectory, "upload-left");
        Directory.CreateDirectory(server.Settings.WorkDirectory);
        await File.WriteAllTextAsync(left, "Half a file", Stop);

        await UntilAsync(TimeSpan.FromHours(25), () => Task.FromResult(!File.Exists(left)));
    }

    // As an upload does, up to the moment before its transaction.
    private static async Task<Guid> KeepAsync(RunningServer server, Person person, byte[] bytes)
    {
        var path = Path.Combine(server.Settings.DataDirectory, $"kept-{Guid.CreateVersion7()}");
        await File.WriteAllBytesAsync(path, bytes, Stop);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return await server.Services.GetRequiredService<BlobVault>().KeepAsync(person.OrganizationId, hash, bytes.Length, path, Stop);
    }

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(shape, configure: services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        _store.Wrap(services);
    });

    private async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        for (var n = 0; n < 50; n++)
        {
            _clock.Advance(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    private async Task UntilAsync(TimeSpan later, Func<Task<bool>> holds)
    {
        _clock.Advance(later);
        await Eventually.HoldsAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(6));
                return await holds();
            },
            TimeSpan.FromSeconds(60),
            "What was waited for");
    }
}
