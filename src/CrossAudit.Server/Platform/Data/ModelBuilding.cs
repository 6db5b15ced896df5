using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data.Postgres;
using CrossAudit.Server.Platform.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Building the model takes a third of a start's processor time, and nothing but the settings: it goes on beside the building of the server. EF Core keeps the
/// model for all contexts with like options, so that the first that needs it finds it.
/// </summary>
internal static class ModelBuilding
{
    public static Task BeginAsync(Settings settings) => Task.Run(() =>
    {
        using AppDbContext db = settings.PostgresConnection is { } connection
            ? new PostgresDbContext(Options<PostgresDbContext>(options => DataModule.UsePostgres(options, connection)))
            : new SqliteDbContext(Options<SqliteDbContext>(options => DataModule.UseSqlite(options, settings.DatabaseFile)));
        _ = db.Model;
    });

    private static DbContextOptions<TContext> Options<TContext>(Action<DbContextOptionsBuilder> engine)
        where TContext : AppDbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        engine(options);
        DataModule.UseHouseRules(options);
        return options.Options;
    }
}
