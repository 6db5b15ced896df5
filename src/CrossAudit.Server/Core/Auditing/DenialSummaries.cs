using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>Tells of denials that were counted and not recorded one by one: one event for each actor and minute.</summary>
internal sealed partial class DenialSummaries(DenialLimit limit, ActorScopes scopes, TimeProvider clock, ILogger<DenialSummaries> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TellAsync(all: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TellAsync(all: false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TellAsync(bool all)
    {
        foreach (var (actor, subject, count, since) in limit.TakeEnded(all))
        {
            try
            {
                await RecordAsync(actor, subject, count, since);
            }
            catch (Exception fault)
            {
                LogLost(logger, fault, count, actor.UserId, actor.OrganizationId);
            }
        }
    }

    private async Task RecordAsync(Actor actor, string subject, int count, DateTimeOffset since)
    {
        using var limited = new CancellationTokenSource(Patience);
        await using var scope = scopes.Begin(actor);
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Record(new AuditEntry(AuditActions.PermissionDenied)
        {
            Outcome = AuditOutcome.Denied,
            Severity = AuditSeverity.Warning,
            Metadata = new() { ["reason"] = "too_many_denials", ["of"] = subject, ["suppressed"] = count, ["since"] = TimestampConverter.ToText(since) },
        });
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().SaveChangesAsync(limited.Token);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} further denials of {UserId} in {OrganizationId} could not be recorded")]
    private static partial void LogLost(ILogger logger, Exception fault, int count, Guid? userId, Guid organizationId);
}
