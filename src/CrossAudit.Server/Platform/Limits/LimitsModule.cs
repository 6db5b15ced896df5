using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Limits that hold for this node, or through Redis for all.</summary>
internal static class LimitsModule
{
    public static IServiceCollection AddLimits(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<InProcessAttemptLimits>().AddSingleton<InProcessQuotas>();
        return settings.RedisConnection is null
            ? services.AddSingleton<IAttemptLimits>(scope => scope.GetRequiredService<InProcessAttemptLimits>()).AddSingleton<IQuotas>(scope => scope.GetRequiredService<InProcessQuotas>())
            : services.AddSingleton<RedisPatience>().AddSingleton<IAttemptLimits, RedisAttemptLimits>().AddSingleton<IQuotas, RedisQuotas>();
    }

    /// <summary>Behind authentication, which tells whose requests they are, and before everything that costs more.</summary>
    public static void UseRequestLimit(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Settings>().IsThrottled)
            app.UseMiddleware<RequestLimit>();
    }
}
