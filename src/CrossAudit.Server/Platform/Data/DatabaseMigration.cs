using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Brings the database up to date. Two that start at once wait for each other: on PostgreSQL by EF Core's lock, which ends with its session; on SQLite by
/// one of the operating system's, for there EF Core's is a row, and outlives the process that wrote it.
/// </summary>
internal static class DatabaseMigration
{
    /// <summary>Migrates to the newest migration, or to <paramref name="target"/>, up or down.</summary>
    /// <exception cref="SettingsException">There is no such migration, or another process does not finish its own.</exception>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken stop, string? target = null)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        if (target is not null && target != Migration.InitialDatabase && db.GetService<IMigrationsAssembly>().FindMigrationId(target) is null)
            throw new SettingsException($"There is no migration \"{target}\": \"crossaudit migrate --list\" lists them.");
        if (services.GetRequiredService<Settings>() is { PostgresConnection: null } embedded)
            await MigrateFileAsync(db, embedded, target, stop);
        else
            await MigrateAsync(db, target, stop);
    }

    private static async Task MigrateFileAsync(AppDbContext db, Settings settings, string? target, CancellationToken stop)
    {
        PrivateFolder.Ensure(settings.DataDirectory);
        await using var turn = await SqliteMigrationLock.TakeAsync(settings.DatabaseFile, stop);
        // Nobody else migrates now, so a lock that is still there is of a process that was killed. EF Core would wait for it without end.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", stop);
        await MigrateAsync(db, target, stop);
        // Write-ahead logging is a property of the file: readers never wait for the writer.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", stop);
    }

    // Looking first spares almost every start the lock, and the comparison of the model with the migrations, which ./check makes.
    private static async Task MigrateAsync(AppDbContext db, string? target, CancellationToken stop)
    {
        if (target is not null || (await db.Database.GetPendingMigrationsAsync(stop)).Any())
            await db.Database.MigrateAsync(target, stop);
    }
}
