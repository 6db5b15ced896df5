using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data;

/// <summary>A row that something still has to be done for, at <see cref="DueAt"/> or after.</summary>
internal interface IDueRow
{
    Guid Id { get; }

    /// <summary>When to do it. While it is being done this is when the claim ends: a node that dies leaves the row due again.</summary>
    DateTimeOffset? DueAt { get; set; }

    /// <summary>How often it was claimed. Also the fence: a worker that comes back after its claim ended loses to the next one.</summary>
    int Attempts { get; set; }
}

/// <summary>Claims rows that are due.</summary>
internal static class DueRows
{
    /// <summary>Takes up to <paramref name="count"/> due rows of all organizations until <paramref name="until"/>; nobody else gets them till then.</summary>
    public static Task<List<T>> ClaimDueAsync<T>(this AppDbContext db, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken stop)
        where T : class, IDueRow
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName();
        var claim = $"""
            UPDATE {table} SET due_at = @until, attempts = attempts + 1
            WHERE id IN (SELECT id FROM {table} WHERE due_at <= @now ORDER BY due_at LIMIT {count} {db.SkipLockedRows})
            RETURNING *
            """;
        return db.WriteAsync(
            async () =>
            {
                var rows = db.Set<T>().FromSqlRaw(claim, db.Parameter("until", db.Stored(until)), db.Parameter("now", db.Stored(now)));
                // Work is done for every organization, in each one's own scope.
                return await rows.IgnoreQueryFilters().AsNoTracking().ToListAsync(stop);
            },
            stop);
    }

    private static System.Data.Common.DbParameter Parameter(this AppDbContext db, string name, object value)
    {
        var parameter = db.Database.GetDbConnection().CreateCommand().CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        return parameter;
    }
}
