using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data.Postgres;
using CrossAudit.Server.Platform.Data.Sqlite;
using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Ranking;
using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrossAudit.Server.Platform.Data;

/// <summary>The database, whichever the settings name. Contexts are pooled; each scope's context sees what its <see cref="DataScope"/> allows.</summary>
internal static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings).AddScoped<DataScope>().AddScoped<SearchIndex>().AddScoped<TermIndex>().AddScoped<PassageRanking>();
        return settings.PostgresConnection is { } postgres
            ? services.AddSingleton<IPostingStorage, PostgresPostingStorage>().AddSingleton<ITermBlockStorage, PostgresTermBlockStorage>().AddContext<PostgresDbContext>(options => UsePostgres(options, postgres))
            : services.AddSingleton<SqliteWriterGate>().AddSingleton<IPostingStorage, SqlitePostingStorage>().AddSingleton<ITermBlockStorage, SqliteTermBlockStorage>().AddContext<SqliteDbContext>(options => UseSqlite(options, settings.DatabaseFile));
    }

    public static void UseSqlite(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString)
            .AddInterceptors(SqliteFunctions.Instance);

    public static void UsePostgres(DbContextOptionsBuilder options, string connection) => options.UseNpgsql(connection);

    /// <summary>What both databases share.</summary>
    public static void UseHouseRules(DbContextOptionsBuilder options) => options
        .UseSnakeCaseNamingConvention()
        .UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll)
        // A filter on the required end of a relation is the point here: what cannot be seen takes its dependants with it.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning))
        .EnableDetailedErrors(false);

    private static IServiceCollection AddContext<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> engine)
        where TContext : AppDbContext
    {
        services.AddPooledDbContextFactory<TContext>((_, options) =>
        {
            engine(options);
            UseHouseRules(options);
        });
        return services.AddSingleton<GroupCommit<TContext>>().AddScoped<AppDbContext>(scope =>
        {
            var db = scope.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            db.Scope = scope.GetRequiredService<DataScope>();
            return db;
        });
    }
}
