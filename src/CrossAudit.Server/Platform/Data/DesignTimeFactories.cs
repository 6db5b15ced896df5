using CrossAudit.Server.Platform.Data.Postgres;
using CrossAudit.Server.Platform.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrossAudit.Server.Platform.Data;

/// <summary>Lets <c>dotnet ef</c> write SQLite's migrations without a running server.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDbContext>
{
    public SqliteDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteDbContext>();
        DataModule.UseSqlite(options, "design-time.db");
        DataModule.UseHouseRules(options);
        return new SqliteDbContext(options.Options);
    }
}

/// <summary>Lets <c>dotnet ef</c> write PostgreSQL's migrations without a running server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>();
        DataModule.UsePostgres(options, "Host=localhost;Database=design_time");
        DataModule.UseHouseRules(options);
        return new PostgresDbContext(options.Options);
    }
}
