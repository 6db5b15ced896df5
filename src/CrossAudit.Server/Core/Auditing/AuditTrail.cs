using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>Writes the trail. An event is part of the unit of work it records: both are saved, or neither is.</summary>
internal sealed class AuditTrail(AppDbContext db, CurrentActor current, DenialLimit denials, SealingSignal sealing, TimeProvider clock)
{
    /// <summary>Adds an event to the running unit of work.</summary>
    public void Record(AuditEntry entry)
    {
        var now = clock.GetUtcNow();
        var (actor, origin) = (current.Actor, current.Origin);
        var (userId, label) = entry.ActingUser is { } acting ? (acting.Id, acting.Label) : (actor.UserId, actor.Label);
        var e = new AuditEvent
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = entry.OrganizationId ?? (actor.OrganizationId == Guid.Empty ? null : actor.OrganizationId),
            ActorUserId = userId,
            ActorType = entry.ActingUser is null ? actor.Type : ActorTypes.User,
            Action = entry.Action,
            ResourceType = entry.ResourceType,
            ResourceId = entry.ResourceId,
            TargetUserId = entry.TargetUserId,
            SessionId = entry.SessionId ?? actor.SessionId,
            CorrelationId = origin.TraceId,
            Severity = entry.Severity,
            Sensitivity = entry.Sensitivity,
            Outcome = entry.Outcome,
            CreatedAt = now,
            Salt = RandomNumberGenerator.GetBytes(EventEncoding.SaltLength),
            ActorLabel = label,
            IpAddress = origin.IpAddress,
            UserAgent = origin.UserAgent,
            Changes = entry.Changes,
            Metadata = WithKey(WithRequestId(entry.Metadata, origin), actor),
        };
        (e.DetailsHash, e.Entry) = EventEncoding.Commit(e);
        db.Add(e);
        sealing.Recorded();
    }

    /// <summary>
    /// Records a refusal, and saves it by itself: what was refused is not done. Of somebody who is refused again and again, what is beyond
    /// <see cref="DenialLimit"/> is counted and told in one event.
    /// </summary>
    public Task DenyAsync(AuditEntry denied, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (!denials.Admits(current.Actor, (denied.Metadata?["permission"] ?? denied.Metadata?["reason"])?.ToString() ?? denied.Action))
            return Task.CompletedTask;
        Record(denied);
        return db.SaveChangesAsync(stop);
    }

    // The holder answers for what a key does; which of their keys it was is told here.
    private static JsonObject? WithKey(JsonObject? metadata, Actor actor)
    {
        if (actor.Key is not { Id: var id })
            return metadata;
        metadata ??= [];
        metadata["api_key_id"] = id;
        return metadata;
    }

    // Where the caller sent no id of its own, the request id is the trace id, which stands in the public part.
    private static JsonObject? WithRequestId(JsonObject? metadata, Origin origin)
    {
        if (origin.RequestId is null || origin.RequestId == origin.TraceId)
            return metadata;
        metadata ??= [];
        metadata["request_id"] = origin.RequestId;
        return metadata;
    }
}
