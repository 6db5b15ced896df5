using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Commits new rows of many callers in one transaction. Each caller waits for the commit that its rows are part of, so nothing is acknowledged
/// before it is durable; while one commit is under way the next group gathers. A flush to disk is the dearest part of a small write, and this way
/// the callers share it.
/// </summary>
/// <remarks>
/// Only rows that are added go this way: they depend on nothing that the caller has read. If a group fails, each of its units is tried on its own,
/// so that nobody pays for another's duplicate key.
/// </remarks>
internal sealed class GroupCommit<TContext>(IDbContextFactory<TContext> contexts)
    where TContext : AppDbContext
{
    private const int MostUnits = 64;

    private readonly ConcurrentQueue<Unit> _waiting = new();
    private int _isCommitting;

    /// <summary>Saves the rows; returns when they are committed.</summary>
    /// <param name="rows">Added entities of another context, which still are its own to accept.</param>
    /// <param name="first">What the transaction does before it inserts the rows; null for nothing.</param>
    /// <param name="order">Units that lock rows in <paramref name="first"/> do so in this order, so that two nodes cannot wait for each other.</param>
    public Task SaveAsync(IReadOnlyList<object> rows, Func<AppDbContext, Task>? first, Guid order)
    {
        var unit = new Unit(rows, first, order);
        _waiting.Enqueue(unit);
        // Whoever finds nobody at it commits, for the others too; it goes on until nothing waits.
        if (Interlocked.CompareExchange(ref _isCommitting, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.CommitAllAsync(), this, preferLocal: false);
        return unit.Committed.Task;
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            var group = new List<Unit>(MostUnits);
            while (group.Count < MostUnits && _waiting.TryDequeue(out var unit))
                group.Add(unit);
            if (group.Count > 0)
            {
                await CommitAsync(group);
                continue;
            }
            Volatile.Write(ref _isCommitting, 0);
            // A unit may have come between the last look and the sign going down: somebody has to take it.
            if (_waiting.IsEmpty || Interlocked.CompareExchange(ref _isCommitting, 1, 0) != 0)
                return;
        }
    }

    private async Task CommitAsync(List<Unit> group)
    {
        var failure = await TryCommitAsync(group);
        if (failure is null)
            group.ForEach(unit => unit.Committed.SetResult());
        else if (group.Count > 1 && IsOneRowsFault(failure))
            foreach (var unit in group)
                await CommitAsync([unit]);
        else
            group.ForEach(unit => unit.Committed.SetException(failure));
    }

    // The database is there and refused a row, or two units brought the same key and no context tracks both; if the database were away, trying
    // each unit would only make all wait longer.
    private static bool IsOneRowsFault(Exception failure) =>
        failure is DbUpdateException { InnerException: PostgresException or SqliteException } or DbUpdateConcurrencyException or InvalidOperationException { InnerException: null };

    private async Task<Exception?> TryCommitAsync(List<Unit> group)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            if (group.Exists(unit => unit.First is not null))
                await db.WriteAsync(() => InsertAsync(db, group), CancellationToken.None);
            else
                await InsertAsync(db, group);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static async Task<int> InsertAsync(AppDbContext db, List<Unit> group)
    {
        foreach (var unit in group.OrderBy(unit => unit.Order))
        {
            if (unit.First is { } first)
                await first(db);
            // One by one, not as graphs: what a row points to may be there already.
            foreach (var row in unit.Rows)
                db.Entry(row).State = EntityState.Added;
        }
        return await db.SaveAloneAsync(CancellationToken.None);
    }

    private sealed record Unit(IReadOnlyList<object> Rows, Func<AppDbContext, Task>? First, Guid Order)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
