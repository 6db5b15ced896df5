using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Retention;

/// <summary>How long the trail is kept.</summary>
internal static class TrailRetentionModule
{
    public static IServiceCollection AddTrailRetention(this IServiceCollection services) => services.AddScoped<TrailRetentionService>().AddWork<TrailRetention, TrailDisposal>();

    public static void MapTrailRetention(this RouteGroupBuilder audit)
    {
        audit.MapGet("/retention", ReadRetention).RequirePermission(Permissions.AuditRead);
        audit.MapPut("/retention", SetTrailRetention).RequirePermission(Permissions.AuditManage).RequireRecentSignIn().Refuses(400, ErrorCodes.AuditRetentionTooShort);
    }

    /// <summary>Reads how long the events of the trail are kept.</summary>
    internal static async Task<EntityResult<TrailRetentionView>> ReadRetention(TrailRetentionService retention, CancellationToken stop) => (await retention.ReadAsync(stop)).Answer();

    /// <summary>Sets how long the events of the trail are kept, or holds them all.</summary>
    /// <remarks>
    /// Events whose days are over lose their rows, oldest first; their leaves stay in the tree, so proofs and checkpoints hold as before. Presets have a fewest number of days. It needs a recent
    /// proof of who one is.
    /// </remarks>
    internal static async Task<Results<EntityResult<TrailRetentionView>, ProblemHttpResult>> SetTrailRetention(SetTrailRetentionRequest request, IfMatch ifMatch, TrailRetentionService retention, CancellationToken stop)
    {
        if (request.Preset == "custom" && request.Days is null)
            return Problems.InvalidField("days", "A custom retention says how many days.");
        if (request.Preset == TrailRetention.Unlimited && request.Days is not null)
            return Problems.InvalidField("days", "What is kept for ever has no days.");
        if (request.Days < TrailRetention.Minimums[request.Preset])
            return Problems.InvalidField("days", $"{request.Preset} keeps events for {TrailRetention.Minimums[request.Preset]} days at least.", ErrorCodes.AuditRetentionTooShort);
        return await retention.SetAsync(request, ifMatch, stop) is { } set ? set.Answer() : Problems.Stale("retention");
    }
}
