using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit;

/// <summary>Counts the events of the last days. It adds up what was counted of each 4,096 events when they were indexed, and the few that are younger.</summary>
internal sealed class AuditStatistics(AppDbContext db, AuditSearch search, TimeProvider clock)
{
    private const int MostActors = 100;

    public async Task<AuditStatisticsView> CountAsync(int days, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = today.AddDays(1 - days);
        var start = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var counts = new EventCounts();
        await foreach (var block in db.Set<AuditBlock>().AsNoTracking().Where(b => b.LastAt >= start).Select(b => b.Counts).AsAsyncEnumerable().WithCancellation(stop))
            counts.Add(block);
        await foreach (var e in search.YoungAsync(await TrailExtent.ReadAsync(db, stop), stop))
            if (e.CreatedAt >= start)
                counts.Add(e);
        return View(days, first, counts);
    }

    private static AuditStatisticsView View(int days, DateOnly first, EventCounts counts)
    {
        var within = counts.Days.Where(day => day.Key >= first).ToDictionary();
        List<ValueCount> By(string field) =>
        [
            .. within.Values.SelectMany(day => day).Where(count => count.Key.Field == field).GroupBy(count => count.Key.Value, (value, each) => new ValueCount { Value = value, Count = each.Sum(count => count.Value) })
                .OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal),
        ];
        var byDay = Enumerable.Range(0, days).Select(first.AddDays)
            .Select(date => new DayCount { Date = date, Count = within.GetValueOrDefault(date)?.Where(count => count.Key.Field == EventCounts.Action).Sum(count => count.Value) ?? 0 }).ToList();
        return new AuditStatisticsView
        {
            Days = days,
            Total = byDay.Sum(day => day.Count),
            ByDay = byDay,
            ByAction = By(EventCounts.Action),
            ByActor = [.. By(EventCounts.Actor).Take(MostActors)],
            ByOutcome = By(EventCounts.Outcome),
            BySeverity = By(EventCounts.Severity),
        };
    }
}
