using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>Makes, changes and removes the API keys of an organization.</summary>
internal sealed class ApiKeyService(AppDbContext db, Actor actor, KeyRules rules, AuditTrail audit, ActorChanges changes, TimeProvider clock)
{
    private static readonly Func<ApiKey, ApiKeyView> InMemory = ApiKey.View.Compile();

    public async Task<ApiKeyOutcome> CreateAsync(CreateApiKeyRequest request, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var label = request.MaxSensitivity ?? (request.Kind == ApiKeyKind.Service ? actor.Access.Clearance : SensitivityLevel.Restricted);
        if (await rules.RefusalAsync(request.Kind, request.Scopes, label, request.ExpiresAt, now, stop) is { } refused)
            return refused;
        var (id, secret) = (Guid.CreateVersion7(now), KeyFormat.Create());
        var key = new ApiKey
        {
            Id = id,
            OrganizationId = actor.OrganizationId,
            Name = request.Name,
            Description = request.Description,
            Kind = request.Kind,
            HolderId = actor.RequiredUserId,
            KeyPrefix = secret[..KeyFormat.ShownLength],
            KeyHash = KeyHash.Of(secret).ToBytes(),
            Scopes = [.. request.Scopes.Distinct(StringComparer.Ordinal)],
            MaxSensitivity = label,
            AllowedAddresses = [.. request.AllowedAddresses],
            RateLimitRpm = request.RateLimitRpm,
            RateLimitRph = request.RateLimitRph,
            ExpiresAt = request.ExpiresAt,
            CreatedBy = actor.RequiredUserId,
            Metadata = request.Metadata,
            CreatedAt = now,
            UpdatedAt = now,
            Use = new ApiKeyUse { ApiKeyId = id },
        };
        db.Add(key);
        audit.Record(Entry(AuditActions.ApiKeyCreated, key) with { Metadata = new() { ["name"] = key.Name, ["kind"] = key.Kind == ApiKeyKind.Service ? "service" : "personal", ["scopes"] = new System.Text.Json.Nodes.JsonArray([.. key.Scopes]) } });
        await db.SaveChangesAsync(stop);
        return Show(key, secret);
    }

    public Task<Page<ApiKeyView>> ListAsync(bool? isActive, PageRequest page, CancellationToken stop) =>
        db.Set<ApiKey>().AsNoTracking().Where(key => isActive == null || key.IsActive == isActive).NewestFirstAsync(page, ApiKey.View, key => new Cursor(key.CreatedAt, key.Id), stop);

    public async Task<Revised<ApiKeyView>?> FindAsync(Guid id, CancellationToken stop) =>
        await db.Set<ApiKey>().AsNoTracking().Include(key => key.Use).SingleOrDefaultAsync(key => key.Id == id, stop) is { } key ? new(InMemory(key), key.Revision) : null;

    public async Task<ApiKeyOutcome> UpdateAsync(Guid id, UpdateApiKeyRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        if (await OwnAsync(id, stop) is not { } key)
            return new ApiKeyOutcome.Missing();
        // Anybody who manages keys may switch one off.
        if (request != new UpdateApiKeyRequest { IsActive = false } && await rules.RefusalAsync(key, stop) is { } refused)
            return refused;
        if (!ifMatch.Allows(key.Revision))
            return new ApiKeyOutcome.Stale();
        var added = request.Scopes?.Except(key.Scopes, StringComparer.Ordinal).ToList() ?? [];
        if (await rules.RefusalAsync(key.Kind, added, request.MaxSensitivity ?? SensitivityLevel.Public, request.ExpiresAt.Value, clock.GetUtcNow(), stop) is { } invalid)
            return invalid;
        Apply(request, key);
        db.ChangeTracker.DetectChanges();
        if (db.ChangesOf(key) is not { } changed)
            return new ApiKeyOutcome.Done(new(InMemory(key), key.Revision));
        key.UpdatedAt = clock.GetUtcNow();
        audit.Record(Entry(AuditActions.ApiKeyUpdated, key) with { Changes = changed });
        return await SaveAsync(key, stop) ? new ApiKeyOutcome.Done(new(InMemory(key), key.Revision)) : Beaten(ifMatch);
    }

    /// <summary>Replaces the key by another.</summary>
    public async Task<ApiKeyOutcome> RotateAsync(Guid id, int overlapHours, CancellationToken stop)
    {
        if (await OwnAsync(id, stop) is not { } key)
            return new ApiKeyOutcome.Missing();
        if (await rules.RefusalAsync(key, stop) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        var secret = key.Rotate(overlapHours == 0 ? null : now.AddHours(overlapHours));
        key.UpdatedAt = now;
        audit.Record(Entry(AuditActions.ApiKeyRotated, key) with { Metadata = new() { ["name"] = key.Name, ["overlap_hours"] = overlapHours } });
        return await SaveAsync(key, stop) ? Show(key, secret) : new ApiKeyOutcome.Lost();
    }

    public async Task<ApiKeyOutcome> DeleteAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        if (await OwnAsync(id, stop) is not { } key)
            return new ApiKeyOutcome.Missing();
        if (!ifMatch.Allows(key.Revision))
            return new ApiKeyOutcome.Stale();
        db.Remove(key);
        audit.Record(Entry(AuditActions.ApiKeyDeleted, key) with { Metadata = new() { ["name"] = key.Name } });
        return await SaveAsync(key, stop) ? new ApiKeyOutcome.Removed() : Beaten(ifMatch);
    }

    private Task<ApiKey?> OwnAsync(Guid id, CancellationToken stop) => db.Set<ApiKey>().Include(key => key.Use).SingleOrDefaultAsync(key => key.Id == id, stop);

    private static void Apply(UpdateApiKeyRequest request, ApiKey key)
    {
        (key.Name, key.Description) = (request.Name.Or(key.Name)!, request.Description.Or(key.Description));
        key.Scopes = request.Scopes is { } scopes ? [.. scopes.Distinct(StringComparer.Ordinal)] : key.Scopes;
        key.MaxSensitivity = request.MaxSensitivity ?? key.MaxSensitivity;
        key.AllowedAddresses = request.AllowedAddresses is { } addresses ? [.. addresses] : key.AllowedAddresses;
        (key.RateLimitRpm, key.RateLimitRph) = (request.RateLimitRpm ?? key.RateLimitRpm, request.RateLimitRph ?? key.RateLimitRph);
        key.ExpiresAt = request.ExpiresAt.IsSet ? request.ExpiresAt.Value : key.ExpiresAt;
        (key.IsActive, key.Metadata) = (request.IsActive ?? key.IsActive, request.Metadata ?? key.Metadata);
    }

    private async Task<bool> SaveAsync(ApiKey key, CancellationToken stop)
    {
        if (!await db.TrySaveAsync(stop))
            return false;
        await changes.ApiKeyChangedAsync(key.Id);
        return true;
    }

    private static ApiKeyOutcome.Shown Show(ApiKey key, string secret) => new(new(new ApiKeySecretView(InMemory(key)) { Key = secret }, key.Revision));

    private static ApiKeyOutcome Beaten(IfMatch ifMatch) => ifMatch.IsConditional ? new ApiKeyOutcome.Stale() : new ApiKeyOutcome.Lost();

    private static AuditEntry Entry(string action, ApiKey key) => AuditEntry.On(action, "api_key", key.Id) with { Severity = AuditSeverity.Notice };
}
