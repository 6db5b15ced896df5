using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>Turns an API key into an <see cref="Actor"/>. Mostly all it takes is at hand.</summary>
internal sealed class ApiKeyAuthenticator(ApiKeySnapshots keys, AccessGraphs graphs, ApiKeyUsage usage, TimeProvider clock)
{
    /// <summary>The key's actor, or null if there is no such key, or it works no longer. It counts as a use.</summary>
    public async ValueTask<Actor?> AuthenticateAsync(string key, IPAddress? from, CancellationToken stop)
    {
        var actor = await FindAsync(KeyHash.Of(key), from, stop);
        if (actor is { Restriction: null, Key.Id: var id })
            usage.Count(id);
        return actor;
    }

    /// <summary>The actor as it is now, or null if the key works no longer.</summary>
    public async ValueTask<Actor?> FindAsync(KeyHash hash, IPAddress? from, CancellationToken stop)
    {
        if (await keys.FindAsync(hash, stop) is not { } snapshot)
            return null;
        var actor = snapshot.Actor with { Key = snapshot.Actor.Key! with { From = from } };
        if (!snapshot.Admits(from))
            return actor with { Restriction = ErrorCodes.ApiKeyAddressNotAllowed };
        return actor.Restriction is not null ? actor : actor with { Access = actor.AccessIn(await graphs.OfAsync(actor.OrganizationId, stop), clock.GetUtcNow()) };
    }
}
