using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Core.Signing;
using Microsoft.AspNetCore.Authorization;

namespace CrossAudit.Server.Core;

/// <summary>What every feature stands on: who is calling, whether they may, and the trail.</summary>
internal static class CoreModule
{
    public static IServiceCollection AddCore(this IServiceCollection services) => services
        .AddScoped<CurrentActor>()
        .AddScoped(scope => scope.GetRequiredService<CurrentActor>().Actor)
        .AddSingleton<ActorChanges>()
        .AddScoped<SessionEndings>()
        .AddSingleton<ActorScopes>()
        .AddScoped<AuditTrail>()
        .AddSingleton<Signer>()
        .AddSingleton<SealingSignal>()
        .AddSingleton<TrustedTrees>()
        .AddScoped<TreeSealing>()
        .AddScoped<TreeReader>()
        .AddScoped<AuditIndexing>()
        .AddScoped<AuditSearch>()
        .AddScoped<AuditCounting>()
        .AddScoped<AuditPages>()
        .AddHostedService<AuditSealing>()
        .AddHostedService<CheckpointPublishing>()
        .AddSingleton<DenialLimit>()
        .AddHostedService<DenialSummaries>()
        .AddSingleton<AccessGraphs>()
        .AddScoped<AccessChanges>()
        .AddScoped<ResourceAccess>()
        .AddScoped<IAuthorizationHandler, AccessRules>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>()
        .AddAuthorization();

    /// <summary>Notes where each request comes from, before anything can be recorded.</summary>
    public static void UseOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        http.RequestServices.GetRequiredService<CurrentActor>().Origin = Origin.Of(http);
        return next(http);
    });
}
