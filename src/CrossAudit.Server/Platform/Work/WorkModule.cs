using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Work;

/// <summary>Sets a loop going for a kind of due row.</summary>
internal static class WorkModule
{
    public static IServiceCollection AddWork<TRow, TWork>(this IServiceCollection services)
        where TRow : class, IDueRow
        where TWork : class, IWork<TRow> =>
        services.AddScoped<TWork>().AddHostedService<WorkLoop<TRow, TWork>>();

    /// <summary>Makes a claimed row due again, unless somebody else has claimed it since.</summary>
    public static Task HandBackAsync<TRow>(this AppDbContext db, TRow row, DateTimeOffset due)
        where TRow : class, IDueRow =>
        db.WriteAsync(
            () => db.Set<TRow>().IgnoreQueryFilters().Where(r => r.Id == row.Id && r.Attempts == row.Attempts)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, due)),
            CancellationToken.None);
}

/// <summary>Wakes the loops of all nodes: call it after the commit that made a row due.</summary>
internal static class WorkSignal
{
    public static string Topic<TRow>() => "work:" + typeof(TRow).Name;

    public static ValueTask WakeAsync<TRow>(this IMessageBus bus)
        where TRow : IDueRow => bus.PublishAsync(Topic<TRow>(), ReadOnlyMemory<byte>.Empty);
}

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    /// <summary>2, 4, 8, 16… seconds, up to the longest, each up to a quarter shorter by chance so that rows that failed together do not return together.</summary>
    public static TimeSpan After(int attempts, TimeSpan longest) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), longest.TotalSeconds) * (1 - (Random.Shared.NextDouble() / 4)));
}
