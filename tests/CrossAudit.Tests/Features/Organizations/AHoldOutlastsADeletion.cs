using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Organizations;

/// <summary>A hold that was placed in the very moment in which its organization was deleted.</summary>
public sealed class AHoldOutlastsADeletion(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Nothing_is_destroyed_when_the_time_of_grace_is_over(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("What is held.");
        await founder.UntilSettledAsync(document.Id);
        await founder.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop);
        // Nobody can act in it any more, so what came in between is written past the routes.
        Assert.Equal(1, await server.ReadAsync(db => db.Set<Document>().IgnoreQueryFilters().Where(d => d.Id == document.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.LegalHold, true), Stop)));

        for (var days = 0; days < 31; days++)
            clock.Advance(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return (await Stored.AllAsync<Organization>(server)).Single(o => o.Id == founder.OrganizationId).DueAt is null;
            },
            TimeSpan.FromSeconds(60),
            "Giving up");

        Assert.Contains(await Stored.AllAsync<Fragment>(server), f => f.OrganizationId == founder.OrganizationId);
        var version = (await Stored.AllAsync<DocumentVersion>(server)).Single(v => v.DocumentId == document.Id);
        Assert.Equal("What is held."u8.Length, version.FileSize);
        Assert.Contains(await Stored.AllAsync<Membership>(server), m => m.OrganizationId == founder.OrganizationId);
    }
}
