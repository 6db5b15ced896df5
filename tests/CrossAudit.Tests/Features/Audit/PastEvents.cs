using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Events put into a trail past the routes: each would take a request, and none could be of yesterday.</summary>
internal static class PastEvents
{
    /// <summary>Records events that were the person's own acts, or somebody else's.</summary>
    public static Task<int> RecordAsync(this Person person, IEnumerable<PastEvent> events) => person.Server.ReadAsync(async db =>
    {
        foreach (var past in events)
        {
            var e = new AuditEvent
            {
                Id = Guid.CreateVersion7(),
                OrganizationId = person.OrganizationId,
                ActorType = "user",
                ActorUserId = past.Actor ?? person.Id,
                Action = past.Action,
                ResourceType = past.ResourceType,
                ResourceId = past.ResourceId,
                TargetUserId = past.Target,
                IpAddress = past.Address,
                Severity = "info",
                Outcome = past.Outcome,
                CreatedAt = past.At,
                Salt = new byte[EventEncoding.SaltLength],
                ActorLabel = person.Email,
            };
            (e.DetailsHash, e.Entry) = EventEncoding.Commit(e);
            db.Add(e);
        }
        return await db.SaveAloneAsync(TestContext.Current.CancellationToken);
    });
}

/// <summary>What was done, and when.</summary>
internal sealed record PastEvent(string Action, DateTimeOffset At, string ResourceType = "document", string? ResourceId = null, Guid? Actor = null, Guid? Target = null, string? Address = null, string Outcome = "success");
