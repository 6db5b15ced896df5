using System.Collections.Concurrent;
using System.Net;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>A key that works: the actor it makes, where it may be used from, and until when it is trusted.</summary>
internal sealed record ApiKeySnapshot(Actor Actor, IReadOnlyList<IPNetwork> Networks, DateTimeOffset ReadAt)
{
    public bool Admits(IPAddress? address)
    {
        if (Networks.Count == 0)
            return true;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && Networks.Any(network => network.Contains(plain));
    }
}

/// <summary>
/// Remembers keys that work, so that a request costs no database read to know its caller. A change drops what it concerns at once, on every node; should the
/// message be lost, a key is read again after <see cref="Fresh"/>.
/// </summary>
internal sealed class ApiKeySnapshots
{
    /// <summary>How long a snapshot is trusted without a word.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<KeyHash, ApiKeySnapshot> _known = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private long _changes;

    public ApiKeySnapshots(IServiceScopeFactory scopes, ActorChanges changes, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        changes.OutOfDate += Forget;
    }

    /// <summary>The key's snapshot; null if there is no such key, or it works no longer.</summary>
    public ValueTask<ApiKeySnapshot?> FindAsync(KeyHash hash, CancellationToken stop) =>
        _known.TryGetValue(hash, out var known) && _clock.GetUtcNow() is var now && now - known.ReadAt < Fresh && now < known.Actor.ExpiresAt ? new(known) : new(ReadAsync(hash, stop));

    private async Task<ApiKeySnapshot?> ReadAsync(KeyHash hash, CancellationToken stop)
    {
        var (before, now, sent) = (Interlocked.Read(ref _changes), _clock.GetUtcNow(), hash.ToBytes());
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        // Nobody is signed in yet, so there is no organization to read for: the key's own names it.
        var found = await (
            from key in db.Set<ApiKey>().AsNoTracking().IgnoreQueryFilters([Filters.Organization])
            join membership in db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
                on new { key.OrganizationId, UserId = key.HolderId } equals new { membership.OrganizationId, membership.UserId }
            where (key.KeyHash == sent || (key.PreviousKeyHash == sent && key.PreviousKeyExpiresAt > now))
                && key.IsActive && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now)
                && key.Holder!.IsActive && key.Organization!.IsActive
            select new { Key = key, key.Holder, key.Organization }).SingleOrDefaultAsync(stop);
        if (found is null)
        {
            _known.TryRemove(hash, out _);
            return null;
        }
        var snapshot = new ApiKeySnapshot(
            ActorOf(found.Key, hash, found.Holder!, found.Organization!),
            [.. found.Key.AllowedAddresses.Select(text => NetworkAttribute.TryParse(text, out var network) ? network : throw new InvalidOperationException($"Not a network: {text}"))],
            now);
        Remember(hash, snapshot, before);
        return snapshot;
    }

    // What was read may already be out of date if a change came in meanwhile: then it serves this one request and is not kept.
    private void Remember(KeyHash hash, ApiKeySnapshot snapshot, long changesBefore)
    {
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[hash] = snapshot;
        if (Interlocked.Read(ref _changes) != changesBefore)
            _known.TryRemove(hash, out _);
    }

    private void Forget(ActorChange change)
    {
        Interlocked.Increment(ref _changes);
        if (change.SessionId is not null)
            return;
        foreach (var (hash, snapshot) in _known)
            if (change.Concerns(snapshot.Actor))
                _known.TryRemove(hash, out _);
    }

    private static Actor ActorOf(ApiKey key, KeyHash hash, User holder, Organization organization) => new()
    {
        Type = ActorTypes.ApiKey,
        UserId = holder.Id,
        Label = $"{key.Name} ({key.KeyPrefix}…)",
        OrganizationId = key.OrganizationId,
        Policy = organization.Settings,
        // A second factor is asked for where keys are made. The address is its holder's as much as ever; a service key is no person's.
        Restriction = key.Kind == ApiKeyKind.Personal ? organization.Settings.RestrictionOf(holder.Email!, holder.EmailConfirmed, isMultiFactor: true) : null,
        ExpiresAt = Earlier(key.ExpiresAt, hash.ToBytes().AsSpan().SequenceEqual(key.KeyHash) ? null : key.PreviousKeyExpiresAt),
        Key = new ActorKey(key.Id, hash, key.Kind == ApiKeyKind.Service, new KeyRights(key.Scopes, key.MaxSensitivity), key.RateLimitRpm, key.RateLimitRph),
    };

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset? other)
    {
        var (first, second) = (one ?? DateTimeOffset.MaxValue, other ?? DateTimeOffset.MaxValue);
        return first < second ? first : second;
    }
}
