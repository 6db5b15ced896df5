using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossAudit.Server.Platform.Data.Postgres;

/// <summary>The model on PostgreSQL: the full shape.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : AppDbContext(options)
{
    public override string SkipLockedRows => "FOR UPDATE SKIP LOCKED";

    public override object Stored(DateTimeOffset time) => time.ToUniversalTime();

    // Of 24 hours each: a day of the session's time zone may have more or fewer.
    public override string AddDays(string time, string days) => $"({time} + {days} * interval '24 hours')";

    public override async Task<bool> TryLockAsync(long key, CancellationToken stop) =>
        (await Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({key}) AS \"Value\"").ToListAsync(stop))[0];

    public override Task NumberAsync(string table, string column, IReadOnlyList<(Guid Id, long Number)> numbers, CancellationToken stop)
    {
        var sql = $"UPDATE {table} SET {column} = given.number FROM unnest({{0}}, {{1}}) AS given(id, number) WHERE {table}.id = given.id";
        return Database.ExecuteSqlRawAsync(sql, [numbers.Select(row => row.Id).ToArray(), numbers.Select(row => row.Number).ToArray()], stop);
    }

    protected override async Task<T> TransactAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        await using var transaction = await Database.BeginTransactionAsync(stop);
        var result = await work();
        await transaction.CommitAsync(stop);
        return result;
    }

    public override Task<int> SaveAloneAsync(CancellationToken stop) => SaveTrackedAsync(stop);

    protected override Task SaveTogetherAsync(IReadOnlyList<object> rows, Func<AppDbContext, Task>? first, Guid order) =>
        this.GetService<GroupCommit<PostgresDbContext>>().SaveAsync(rows, first, order);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    /// <summary>Npgsql takes times in UTC alone; a client may send any offset.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
