using System.Linq.Expressions;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Data;

/// <summary>A row with a place in time: lists show the newest first.</summary>
internal interface ITimeOrdered
{
    Guid Id { get; }

    DateTimeOffset CreatedAt { get; }
}

/// <summary>Reads one page of a list, with how many rows there are in all, in one round trip.</summary>
internal static class Paged
{
    /// <summary>The page in the order of time, newest first; by offset or after a cursor.</summary>
    public static async Task<Page<TView>> NewestFirstAsync<TRow, TView>(
        this IQueryable<TRow> rows, PageRequest page, Expression<Func<TRow, TView>> view, Func<TView, Cursor> placeOf, CancellationToken stop)
        where TRow : class, ITimeOrdered
    {
        var ordered = rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
        var part = page.After is not { } after
            ? ordered.Skip(page.Offset)
            // Said twice so that the index is entered at the cursor's time and not at the start.
            : ordered.Where(row => row.CreatedAt <= after.Time && (row.CreatedAt < after.Time || row.Id < after.Id));
        // One row more than asked for tells whether there is a next page.
        var (items, total) = await ReadAsync(rows, part.Take(page.Limit + 1).Select(view), stop);
        return Cut(items, total, page.Limit, placeOf);
    }

    /// <summary>A page of rows read one beyond its limit.</summary>
    public static Page<TView> Cut<TView>(List<TView> items, int total, int limit, Func<TView, Cursor> placeOf)
    {
        if (items.Count <= limit)
            return new Page<TView>(items, total);
        items.RemoveAt(limit);
        return new Page<TView>(items, total, placeOf(items[^1]));
    }

    /// <summary>The page in an order of the caller's; by offset alone.</summary>
    public static async Task<Page<TView>> InOrderAsync<TRow, TView>(this IOrderedQueryable<TRow> rows, PageRequest page, Expression<Func<TRow, TView>> view, CancellationToken stop)
        where TRow : class
    {
        var (items, total) = await ReadAsync(rows, rows.Skip(page.Offset).Take(page.Limit).Select(view), stop);
        return new Page<TView>(items, total);
    }

    private static async Task<(List<TView> Items, int Total)> ReadAsync<TRow, TView>(IQueryable<TRow> rows, IQueryable<TView> part, CancellationToken stop)
    {
        var found = await part.Select(item => new { Item = item, Total = rows.Count() }).ToListAsync(stop);
        // A page past the end has no row to carry the total.
        return (found.ConvertAll(row => row.Item), found.Count > 0 ? found[0].Total : await rows.CountAsync(stop));
    }
}
