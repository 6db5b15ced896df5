using CrossAudit.Server.Platform.Configuration;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data;

/// <summary>Brings the database up to date. Two nodes that start at once wait for each other: EF Core takes a lock in the database.</summary>
internal static class DatabaseMigration
{
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken stop)
    {
        var settings = services.GetRequiredService<Settings>();
        PrivateFolder.Ensure(settings.DataDirectory);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await db.Database.MigrateAsync(stop);
        // Write-ahead logging is a property of the file: readers never wait for the writer.
        if (settings.PostgresConnection is null)
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", stop);
    }
}
