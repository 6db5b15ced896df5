using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Data.Sqlite;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Platform.Data;

/// <summary>A process was killed while it brought SQLite's file up to date, and left EF Core's lock, which is a row, behind.</summary>
public sealed class AMigrationWasKilled : IDisposable
{
    private const int ConfigurationError = 78;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task The_next_start_goes_on(string? after)
    {
        await using var services = Services();
        await services.MigrateAsync(Stop);
        if (after is not null)
            await services.MigrateAsync(Stop, after);
        await LeaveLockAsync(services);

        await using (var server = await RunningServer.StartAsync(new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = _folder.Path }))
            Assert.Equal("healthy", (await server.NewClient().Health.ReadyAsync(Stop)).Status);

        await LeaveLockAsync(services);
        Assert.Equal((0, "", ""), await CommandRun.RunAsync(_folder.Path, ["migrate", "0"], settings: ("CROSSAUDIT_DATA", _folder.Path)));
        Assert.Empty(await AppliedAsync(services));
    }

    [Fact]
    public async Task An_unknown_migration_is_named_in_one_line_and_leaves_no_lock()
    {
        await using var services = Services();
        await services.MigrateAsync(Stop);

        var (code, output, error) = await CommandRun.RunAsync(_folder.Path, ["migrate", "nope"], settings: ("CROSSAUDIT_DATA", _folder.Path));

        Assert.Equal((ConfigurationError, "", "There is no migration \"nope\": \"crossaudit migrate --list\" lists them.\n"), (code, output, error));
        Assert.Equal((0, "", ""), await CommandRun.RunAsync(_folder.Path, ["migrate"], settings: ("CROSSAUDIT_DATA", _folder.Path)));
    }

    [Fact]
    public async Task Of_two_that_run_the_second_waits_for_the_first_but_not_without_end()
    {
        await using var services = Services();
        Task second;
        await using (await SqliteMigrationLock.TakeAsync(services.GetRequiredService<Settings>().DatabaseFile, Stop))
        {
            second = services.MigrateAsync(Stop);
            var refused = await Assert.ThrowsAsync<SettingsException>(() => SqliteMigrationLock.TakeAsync(services.GetRequiredService<Settings>().DatabaseFile, Stop, TimeSpan.Zero));
            Assert.Contains("crossaudit.db", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
            Assert.False(second.IsCompleted);
        }

        await second;
        Assert.NotEmpty(await AppliedAsync(services));
    }

    private static async Task LeaveLockAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        // Taken as EF Core takes it, and never given back.
        _ = await scope.ServiceProvider.GetRequiredService<AppDbContext>().GetService<IHistoryRepository>().AcquireDatabaseLockAsync(Stop);
    }

    private static async Task<List<string>> AppliedAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return [.. await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetAppliedMigrationsAsync(Stop)];
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddData(SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = _folder.Path }).Build())).BuildServiceProvider();
}
