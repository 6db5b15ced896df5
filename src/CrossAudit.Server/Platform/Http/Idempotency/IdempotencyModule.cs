using CrossAudit.Server.Platform.Secrets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>Creations that can be asked for again without being made again.</summary>
internal static class IdempotencyModule
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services)
    {
        services.TryAddSingleton<SecretBox>();
        return services.AddScoped<IdempotencyClaims>().AddHostedService<IdempotencySweep>();
    }

    /// <summary>Behind authorization: a key belongs to whoever is signed in, and nobody is answered what they may not ask for.</summary>
    public static void UseIdempotency(this WebApplication app) => app.UseMiddleware<IdempotentCreations>();
}
