using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>Removes claims whose time is over. Every node may do it: what one has removed the next does not find.</summary>
internal sealed partial class IdempotencySweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IdempotencySweep> logger) : BackgroundService
{
    private const int StepSize = 5_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var (db, before) = (scope.ServiceProvider.GetRequiredService<AppDbContext>(), clock.GetUtcNow() - IdempotencyClaim.Lifetime);
            // Of every organization.
            var old = db.Set<IdempotencyClaim>().IgnoreQueryFilters().Where(c => c.CreatedAt < before).Take(StepSize);
            while (await db.WriteAsync(() => old.ExecuteDeleteAsync(stop), stop) == StepSize)
            {
            }
        }
        catch (Exception away) when (!stop.IsCancellationRequested)
        {
            // An hour later is as good.
            LogFailed(logger, away);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old idempotency claims could not be removed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
