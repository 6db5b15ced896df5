using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// Removes sessions and one-time tokens that have been over for a month; the trail keeps what was done with them. Every node may do it: what one has removed
/// the next does not find.
/// </summary>
internal sealed partial class SessionSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionSweep> logger) : BackgroundService
{
    private const int StepSize = 5_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

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
            var (db, before) = (scope.ServiceProvider.GetRequiredService<AppDbContext>(), clock.GetUtcNow() - Kept);
            while (await db.Set<Session>().Where(s => s.EndedAt < before || s.ExpiresAt < before).Take(StepSize).ExecuteDeleteAsync(stop) == StepSize)
            {
            }
            while (await db.Set<OneTimeToken>().Where(t => t.ExpiresAt < before).Take(StepSize).ExecuteDeleteAsync(stop) == StepSize)
            {
            }
        }
        catch (Exception away) when (!stop.IsCancellationRequested)
        {
            // An hour later is as good.
            LogFailed(logger, away);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old sessions could not be removed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
