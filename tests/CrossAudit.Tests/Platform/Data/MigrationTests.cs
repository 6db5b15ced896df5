using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Platform.Data;

/// <summary>The database goes up to the newest model and down to nothing, on both engines.</summary>
public sealed class MigrationTests(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Every_migration_goes_up_down_and_up_again(Shape shape)
    {
        using var folder = new ScratchFolder();
        var settings = shape == Shape.Full ? await servers.FullShapeAsync() : [];
        settings["CROSSAUDIT_DATA"] = folder.Path;
        await using var services = new ServiceCollection()
            .AddData(SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        await services.MigrateAsync(Stop);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
        await db.Database.MigrateAsync("0", Stop);
        Assert.Empty(await db.Database.GetAppliedMigrationsAsync(Stop));
        await services.MigrateAsync(Stop);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
    }

    [Theory, EveryShape]
    public async Task The_model_has_nothing_that_the_migrations_lack(Shape shape)
    {
        await using var scope = (await servers.OnAsync(shape)).Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.HasPendingModelChanges());
    }
}
