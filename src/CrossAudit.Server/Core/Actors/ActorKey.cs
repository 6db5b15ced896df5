using System.Net;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Core.Actors;

/// <summary>The API key that an actor came with. Its holder is the actor's account.</summary>
/// <param name="Hash">Finds it again.</param>
/// <param name="IsService">Whether it is the organization's: then it reads as nobody, and its holder's private threads are not its own.</param>
/// <param name="Rights">What it may do at most.</param>
/// <param name="RequestsPerMinute">How many requests it has in a minute.</param>
/// <param name="RequestsPerHour">How many it has in an hour.</param>
internal sealed record ActorKey(Guid Id, KeyHash Hash, bool IsService, KeyRights Rights, int RequestsPerMinute, int RequestsPerHour)
{
    /// <summary>Where it is used from.</summary>
    public IPAddress? From { get; init; }
}
