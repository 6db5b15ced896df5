using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>The model on SQLite: the embedded shape.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : AppDbContext(options)
{
    // One process has the file, and its writers queue at the gate: no other claim can be under way.
    public override string SkipLockedRows => "";

    public override object Stored(DateTimeOffset time) => MicrosecondConverter.ToMicroseconds(time);

    public override string AddDays(string time, string days) => $"({time} + {days} * {TimeSpan.MicrosecondsPerDay})";

    // Whoever is in a transaction that may write is alone there.
    public override Task<bool> TryLockAsync(long key, CancellationToken stop) => Task.FromResult(true);

    public override Task NumberAsync(string table, string column, IReadOnlyList<(Guid Id, long Number)> numbers, CancellationToken stop)
    {
        var json = JsonSerializer.Serialize(numbers.Select(row => new object[] { row.Id.ToString().ToUpperInvariant(), row.Number }));
        var sql = $"UPDATE {table} SET {column} = given.value ->> 1 FROM json_each({{0}}) AS given WHERE {table}.id = given.value ->> 0";
        return Database.ExecuteSqlRawAsync(sql, [json], stop);
    }

    protected override async Task<T> TransactAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        using var turn = await this.GetService<SqliteWriterGate>().EnterAsync(stop);
        await using var transaction = await Database.BeginTransactionAsync(stop);
        var result = await work();
        await transaction.CommitAsync(stop);
        return result;
    }

    public override async Task<int> SaveAloneAsync(CancellationToken stop)
    {
        if (Database.CurrentTransaction is not null)
            return await SaveTrackedAsync(stop);
        using var turn = await this.GetService<SqliteWriterGate>().EnterAsync(stop);
        return await SaveTrackedAsync(stop);
    }

    protected override Task SaveTogetherAsync(IReadOnlyList<object> rows, Func<AppDbContext, Task>? first, Guid order) =>
        this.GetService<GroupCommit<SqliteDbContext>>().SaveAsync(rows, first, order);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondConverter>();
    }

    /// <summary>Times as microseconds since 1970: they sort, and are as exact as PostgreSQL's.</summary>
    private sealed class MicrosecondConverter() : ValueConverter<DateTimeOffset, long>(
        time => ToMicroseconds(time),
        microseconds => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond))
    {
        public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }
}
