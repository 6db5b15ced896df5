using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>The file store goes away between an upload and its indexing, for longer than anything would be tried that fails by itself.</summary>
public sealed class IndexingWaitsForTheStore(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_disk()
    {
        await using var server = await servers.StartAsync(Shape.Embedded, configure: WithClock);
        var (blobs, away) = (server.Settings.BlobDirectory, server.Settings.BlobDirectory + "-away");

        await IsIndexedOnceItIsBackAsync(
            server,
            () =>
            {
                Directory.Move(blobs, away);
                return Task.CompletedTask;
            },
            () =>
            {
                Directory.Move(away, blobs);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task In_S3()
    {
        // Asking for the shared engines skips this where there are none.
        await servers.FullShapeAsync();
        await using var store = await S3Engine.StartAsync();
        await using var server = await servers.StartAsync(Shape.Full, new Dictionary<string, string?> { ["MINIO_ENDPOINT"] = store.Endpoint }, WithClock);

        await IsIndexedOnceItIsBackAsync(server, store.StopAsync, store.ResumeAsync);
    }

    private async Task IsIndexedOnceItIsBackAsync(RunningServer server, Func<Task> goAway, Func<Task> comeBack)
    {
        var founder = await Person.FounderAsync(server);
        var document = (await founder.UploadTextAsync("A heron waits.")).Id;
        await goAway();
        await MakePendingAsync(server, document);

        // More than twice what would be too often for a fault of the file's own.
        await UntilAttemptAsync(server, document, 11, TimeSpan.FromMinutes(1));
        Assert.NotNull((await VersionAsync(server, document)).DueAt);
        Assert.Equal(DocumentStatus.Pending, await StatusAsync(server, document));

        await comeBack();
        await Eventually.HoldsAsync(
            async () =>
            {
                // One more attempt, which may have begun too early, at a time: the clock stands still while it is made.
                await UntilAttemptAsync(server, document, (await VersionAsync(server, document)).Attempts + 1, TimeSpan.FromMinutes(1));
                await Eventually.HoldsAsync(async () => (await VersionAsync(server, document)).DueAt is not { } due || due - _clock.GetUtcNow() < TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30), "The end of the attempt");
                return await StatusAsync(server, document) == DocumentStatus.Indexed;
            },
            TimeSpan.FromSeconds(60),
            "The indexing");
    }

    private Task UntilAttemptAsync(RunningServer server, Guid document, int attempt, TimeSpan step) => Eventually.HoldsAsync(
        async () =>
        {
            if (await VersionAsync(server, document) is var version && (version.Attempts >= attempt || version.DueAt is null))
                return true;
            _clock.Advance(step);
            return false;
        },
        TimeSpan.FromSeconds(60),
        $"Attempt {attempt}");

    private static Task<DocumentVersion> VersionAsync(RunningServer server, Guid document) =>
        server.ReadAsync(db => db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking().SingleAsync(v => v.DocumentId == document, Stop));

    private static Task<DocumentStatus> StatusAsync(RunningServer server, Guid document) =>
        server.ReadAsync(db => db.Set<Document>().IgnoreQueryFilters().Where(d => d.Id == document).Select(d => d.Status).SingleAsync(Stop));

    private static Task MakePendingAsync(RunningServer server, Guid document) => server.ReadAsync(db => db.WriteAsync(async () =>
    {
        await db.Set<Document>().IgnoreQueryFilters().Where(d => d.Id == document).ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DocumentStatus.Pending), Stop);
        return await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.DocumentId == document).ExecuteUpdateAsync(set => set.SetProperty(v => v.DueAt, DateTimeOffset.UnixEpoch), Stop);
    }, Stop));

    private void WithClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);
}
