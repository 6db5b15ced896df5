using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>Writes the trail. An event is part of the unit of work it records: both are saved, or neither is.</summary>
internal sealed class AuditTrail(AppDbContext db, CurrentActor current, DenialLimit denials, TimeProvider clock)
{
    private const int SaltLength = 32;

    /// <summary>Adds an event to the running unit of work.</summary>
    public void Record(AuditEntry entry)
    {
        var now = clock.GetUtcNow();
        var (actor, origin) = (current.Actor, current.Origin);
        var (userId, label) = entry.ActingUser is { } acting ? (acting.Id, acting.Label) : (actor.UserId, actor.Label);
        var organizationId = entry.OrganizationId ?? (actor.OrganizationId == Guid.Empty ? null : actor.OrganizationId);
        var metadata = WithRequestId(entry.Metadata, origin);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var detailsHash = HashDetails(salt, label, origin, entry.Changes, metadata);
        var (id, type, session) = (Guid.CreateVersion7(now), entry.ActingUser is null ? actor.Type : ActorTypes.User, entry.SessionId ?? actor.SessionId);
        db.Add(new AuditEvent
        {
            Id = id,
            OrganizationId = organizationId,
            ActorUserId = userId,
            ActorType = type,
            Action = entry.Action,
            ResourceType = entry.ResourceType,
            ResourceId = entry.ResourceId,
            TargetUserId = entry.TargetUserId,
            SessionId = session,
            CorrelationId = origin.TraceId,
            Severity = entry.Severity,
            Sensitivity = entry.Sensitivity,
            Outcome = entry.Outcome,
            CreatedAt = now,
            Entry = PublicPart(id, organizationId, userId, type, entry, session, origin.TraceId, now, detailsHash),
            DetailsHash = detailsHash,
            Salt = salt,
            ActorLabel = label,
            IpAddress = origin.IpAddress,
            UserAgent = origin.UserAgent,
            Changes = entry.Changes,
            Metadata = metadata,
        });
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

    private static byte[] HashDetails(byte[] salt, string label, Origin origin, JsonObject? changes, JsonObject? metadata)
    {
        using var json = new CanonicalJsonWriter();
        json.StartObject();
        json.Property("actor_label", label);
        json.Property("changes", changes);
        json.Property("ip_address", origin.IpAddress);
        json.Property("metadata", metadata);
        json.Property("user_agent", origin.UserAgent);
        json.EndObject();
        return SHA256.HashData([.. salt, .. json.Utf8]);
    }

    // The names are in canonical order already: nothing is sorted on the way.
    private static string PublicPart(
        Guid id, Guid? organizationId, Guid? userId, string actorType, AuditEntry entry, Guid? session, string? traceId, DateTimeOffset now, byte[] detailsHash)
    {
        using var json = new CanonicalJsonWriter();
        json.StartObject();
        json.Property("action", entry.Action);
        json.Property("actor_type", actorType);
        json.Property("actor_user_id", userId?.ToString());
        json.Property("correlation_id", traceId);
        json.Property("created_at", TimestampConverter.ToText(now));
        json.Property("details_hash", Convert.ToBase64String(detailsHash));
        json.Property("id", id.ToString());
        json.Property("organization_id", organizationId?.ToString());
        json.Property("outcome", entry.Outcome);
        json.Property("resource_id", entry.ResourceId);
        json.Property("resource_type", entry.ResourceType);
        json.Property("session_id", session?.ToString());
        json.Property("severity", entry.Severity);
        json.Property("target_user_id", entry.TargetUserId?.ToString());
        json.EndObject();
        return Encoding.UTF8.GetString(json.Utf8);
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
