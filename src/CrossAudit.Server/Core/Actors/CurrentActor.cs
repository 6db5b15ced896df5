using System.Net;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Core.Actors;

/// <summary>The actor of the running unit of work. Setting it decides what its queries see.</summary>
internal sealed class CurrentActor(DataScope scope)
{
    public Actor Actor { get; private set; } = Actor.Anonymous;

    /// <summary>Where the call comes from.</summary>
    public Origin Origin { get; set; } = Origin.None;

    public void Is(Actor actor)
    {
        Actor = actor;
        scope.OrganizationId = actor.OrganizationId;
        scope.ActorId = actor.Id;
        scope.UserId = actor.ReaderId ?? Guid.Empty;
        scope.Clearance = actor.Clearance;
        scope.Documents = actor.Access.ReachOf(Contracts.Permissions.DocumentsRead);
        scope.Threads = actor.Access.ReachOf(Contracts.Permissions.ChatRead);
    }
}

/// <summary>Where a call comes from, as the audit trail records it.</summary>
internal sealed record Origin(string? IpAddress, string? UserAgent, string? TraceId, string? RequestId)
{
    private const int LongestUserAgent = 512;

    public static Origin None { get; } = new(null, null, null, null);

    public static Origin Of(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new Origin(Plain(http.Connection.RemoteIpAddress), agent.Length > LongestUserAgent ? agent[..LongestUserAgent] : agent, http.TraceId(), http.RequestId());
    }

    // An IPv4 caller on a dual-stack socket shows as ::ffff:a.b.c.d; a filter by address must find it all the same.
    private static string? Plain(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
