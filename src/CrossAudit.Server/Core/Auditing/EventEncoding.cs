using System.Security.Cryptography;
using System.Text;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>The canonical form of events, which hashes are taken of: see docs/audit/README.md.</summary>
internal static class EventEncoding
{
    /// <summary>Bytes of an event's salt.</summary>
    public const int SaltLength = 32;

    /// <summary>The hash of the personal part, and the public part, which holds it.</summary>
    public static (byte[] DetailsHash, string Entry) Commit(AuditEvent e)
    {
        var hash = HashDetails(e.Salt!, Details(e));
        return (hash, Entry(e, hash));
    }

    /// <summary>SHA-256 of the salt followed by the personal part.</summary>
    public static byte[] HashDetails(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> details) => SHA256.HashData([.. salt, .. details]);

    /// <summary>The personal part as canonical JSON.</summary>
    public static byte[] Details(AuditEvent e)
    {
        using var json = new CanonicalJsonWriter();
        json.StartObject();
        json.Property("actor_label", e.ActorLabel);
        json.Property("changes", e.Changes);
        json.Property("ip_address", e.IpAddress);
        json.Property("metadata", e.Metadata);
        json.Property("user_agent", e.UserAgent);
        json.EndObject();
        return json.Utf8.ToArray();
    }

    /// <summary>The public part as canonical JSON. The names are in canonical order already: nothing is sorted on the way.</summary>
    public static string Entry(AuditEvent e, byte[] detailsHash)
    {
        using var json = new CanonicalJsonWriter();
        json.StartObject();
        json.Property("action", e.Action);
        json.Property("actor_type", e.ActorType);
        json.Property("actor_user_id", e.ActorUserId?.ToString());
        json.Property("correlation_id", e.CorrelationId);
        json.Property("created_at", TimestampConverter.ToText(e.CreatedAt));
        json.Property("details_hash", Convert.ToBase64String(detailsHash));
        json.Property("id", e.Id.ToString());
        json.Property("organization_id", e.OrganizationId?.ToString());
        json.Property("outcome", e.Outcome);
        json.Property("resource_id", e.ResourceId);
        json.Property("resource_type", e.ResourceType);
        json.Property("session_id", e.SessionId?.ToString());
        json.Property("severity", e.Severity);
        json.Property("target_user_id", e.TargetUserId?.ToString());
        json.EndObject();
        return Encoding.UTF8.GetString(json.Utf8);
    }
}
