using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Mail;
using CrossAudit.Server.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Health;

/// <summary>How one thing the server stands on is.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Detail">What is wrong, without addresses or secrets.</param>
internal sealed record ComponentHealth(string Status, string? Detail = null)
{
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";

    /// <summary>Of the whole: something is away, but not the database.</summary>
    public const string Degraded = "degraded";
}

/// <summary>Asks each component; the answers are kept for a moment, so that probes cost nothing however often they come.</summary>
internal sealed partial class ComponentProbes(IServiceScopeFactory scopes, IBlobStore blobs, IMessageBus bus, TimeProvider clock, ILogger<ComponentProbes> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Report? _last;

    /// <summary>How each component is, at most two seconds old.</summary>
    public async ValueTask<IReadOnlyDictionary<string, ComponentHealth>> ReadAsync(CancellationToken stop)
    {
        if (_last is { } known && clock.GetUtcNow() - known.At < Fresh)
            return known.Components;
        await _one.WaitAsync(stop);
        try
        {
            if (_last is { } fresh && clock.GetUtcNow() - fresh.At < Fresh)
                return fresh.Components;
            var names = new[] { "database", "blobs", "cache", "mail" };
            var found = await Task.WhenAll(AskAsync("database", ProbeDatabaseAsync), AskAsync("blobs", blobs.ProbeAsync), AskAsync("cache", bus.ProbeAsync), AskAsync("mail", ProbeMailAsync));
            _last = new Report(clock.GetUtcNow(), names.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second));
            return _last.Components;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ComponentHealth> AskAsync(string name, Func<CancellationToken, Task> probe)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        try
        {
            await probe(limit.Token).WaitAsync(limit.Token);
            return new ComponentHealth(ComponentHealth.Healthy);
        }
        catch (UnwellException cause)
        {
            LogUnwell(logger, name, cause.Message);
            return new ComponentHealth(ComponentHealth.Unhealthy, cause.Message);
        }
        catch (Exception cause)
        {
            LogUnhealthy(logger, name, cause);
            return new ComponentHealth(ComponentHealth.Unhealthy, $"It did not answer as it should ({cause.GetType().Name}).");
        }
    }

    private async Task ProbeDatabaseAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<OutgoingMail>().AnyAsync(m => m.Id == Guid.Empty, stop);
    }

    private async Task ProbeMailAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<MailBacklog>().ComplaintAsync(stop) is { } complaint)
            throw new UnwellException(complaint);
    }

    /// <summary>It answers, and what it says is for operators to read.</summary>
    private sealed class UnwellException(string complaint) : Exception(complaint);

    private sealed record Report(DateTimeOffset At, IReadOnlyDictionary<string, ComponentHealth> Components);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Component} is unhealthy: {Complaint}")]
    private static partial void LogUnwell(ILogger logger, string component, string complaint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Component} is unhealthy")]
    private static partial void LogUnhealthy(ILogger logger, string component, Exception cause);
}
