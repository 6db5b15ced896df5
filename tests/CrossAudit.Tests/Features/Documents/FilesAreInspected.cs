using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Stored bytes are read again, slowly: what is missing or altered is found, written down once, and made good by uploading it again.</summary>
public sealed class FilesAreInspected(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly FailingStore _store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Sound_bytes_are_verified_a_day_later_and_every_month_and_nobody_hears_of_it(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Sound.");
        Assert.Null((await VersionAsync(founder, document.Id)).ContentVerifiedAt);

        await UntilAsync(TimeSpan.FromDays(1), async () => (await server.BlobAsync(document.Id)).VerifiedAt is not null);
        var view = (await founder.Client.Documents.ListVersionsAsync(document.Id, stop: Stop)).Items.Single();
        Assert.NotNull(view.ContentVerifiedAt);
        Assert.Null(view.ContentDamagedAt);
        var first = (await server.BlobAsync(document.Id)).VerifiedAt;
        await UntilAsync(TimeSpan.FromDays(30), async () => (await server.BlobAsync(document.Id)).VerifiedAt > first);

        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentIntegrityFailed));
    }

    [Theory, EveryShape]
    public async Task Altered_bytes_are_a_critical_event_for_each_version_that_has_them_and_once_only(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("As it was uploaded.");
        var other = await founder.UploadTextAsync("As it was uploaded.", SensitivityLevel.Restricted, "Another with the same bytes");
        await founder.Client.Documents.DeleteAsync(other.Id, stop: Stop);
        var blob = await server.BlobAsync(document.Id);
        await server.OverwriteAsync(blob.Location, "As it was, altered."u8.ToArray());

        await UntilAsync(TimeSpan.FromDays(1), async () => (await server.BlobAsync(document.Id)).DamagedAt is not null);
        await UntilAsync(TimeSpan.FromDays(2), async () => (await server.BlobAsync(document.Id)).DueAt > _clock.GetUtcNow());

        var events = await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentIntegrityFailed);
        Assert.Equal(new[] { document.Id.ToString(), other.Id.ToString() }.Order(), events.Select(e => e.ResourceId).Order());
        Assert.All(events, e => Assert.Equal((AuditSeverity.Critical, AuditOutcome.Failure, "system", "altered"), (e.Severity, e.Outcome, e.ActorType, e.Metadata!["finding"]!.GetValue<string>())));
        Assert.Equal(SensitivityLevel.Restricted, events.Single(e => e.ResourceId == other.Id.ToString()).Sensitivity);
        Assert.NotNull((await VersionAsync(founder, document.Id)).ContentDamagedAt);
    }

    [Theory, EveryShape]
    public async Task Lost_bytes_are_found_and_uploading_them_again_makes_all_versions_whole(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Lost and found.");
        await server.LoseAsync((await server.BlobAsync(document.Id)).Location);

        await UntilAsync(TimeSpan.FromDays(1), async () => (await server.BlobAsync(document.Id)).DamagedAt is not null);
        var lost = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentIntegrityFailed));
        Assert.Equal("missing", lost.Metadata!["finding"]!.GetValue<string>());

        await founder.UploadAsync("again.txt", "Lost and found."u8.ToArray(), Stop);
        Assert.Equal("Lost and found."u8.ToArray(), await founder.ContentAsync(document.Id));
        Assert.Null((await VersionAsync(founder, document.Id)).ContentDamagedAt);
        Assert.Single(await server.BlobsAsync(founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Bytes_that_were_lost_unnoticed_are_not_taken_for_stored_when_they_come_again(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Lost unnoticed.");
        await server.LoseAsync((await server.BlobAsync(document.Id)).Location);

        await founder.UploadAsync("again.txt", "Lost unnoticed."u8.ToArray(), Stop);

        Assert.Equal("Lost unnoticed."u8.ToArray(), await founder.ContentAsync(document.Id));
    }

    [Theory, EveryShape]
    public async Task A_store_that_is_away_has_lost_nothing(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Only away.");
        _store.Away = new BlobStoreUnavailableException("Away.");

        await UntilAsync(TimeSpan.FromDays(1), async () => (await server.BlobAsync(document.Id)).Attempts > 6);
        Assert.Null((await server.BlobAsync(document.Id)).DamagedAt);
        _store.Away = null;
        await UntilAsync(TimeSpan.Zero, async () => (await server.BlobAsync(document.Id)).VerifiedAt is not null);

        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentIntegrityFailed));
    }

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(shape, configure: services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        _store.Wrap(services);
    });

    private static Task<VersionView> VersionAsync(Person person, Guid id) => person.Client.Documents.GetVersionAsync(id, 1, Stop);

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
