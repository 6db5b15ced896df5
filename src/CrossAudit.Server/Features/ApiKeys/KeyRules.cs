using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>
/// Whose hands a key may be in. Whoever has a key acts as its holder: so a personal key is its holder's alone, and a service key is for those who may do
/// throughout the organization whatever it may.
/// </summary>
internal sealed class KeyRules(Actor actor, AuditTrail audit)
{
    /// <summary>What stands against making such a key, or changing one to be so; null if nothing does.</summary>
    /// <param name="added">The scopes that it does not have yet.</param>
    public async Task<ApiKeyOutcome?> RefusalAsync(ApiKeyKind kind, IReadOnlyList<string> added, SensitivityLevel maxSensitivity, DateTimeOffset? expiresAt, DateTimeOffset now, CancellationToken stop)
    {
        if (added.FirstOrDefault(scope => actor.Access.Graph?.Permissions.Knows(scope) != true) is { } unknown)
            return new ApiKeyOutcome.Invalid("scopes", $"There is no permission {unknown}.");
        if (expiresAt <= now)
            return new ApiKeyOutcome.Invalid("expires_at", "It is in the past.");
        if (actor.Access.HoldsAll(added, somewhere: kind == ApiKeyKind.Personal) && (kind == ApiKeyKind.Personal || maxSensitivity <= actor.Access.Clearance))
            return null;
        await DenyAsync("above_own", null, stop);
        return new ApiKeyOutcome.AboveOwn();
    }

    /// <summary>What stands against having this key in hand; null if nothing does.</summary>
    public async Task<ApiKeyOutcome?> RefusalAsync(ApiKey key, CancellationToken stop)
    {
        if (key.RevokedAt is not null)
            return new ApiKeyOutcome.Revoked();
        if (key.Kind == ApiKeyKind.Personal)
        {
            if (key.HolderId == actor.UserId)
                return null;
            await DenyAsync("not_holder", key, stop);
            return new ApiKeyOutcome.NotHolder();
        }
        if (actor.Access.HoldsAll(key.Scopes, somewhere: false) && key.MaxSensitivity <= actor.Access.Clearance)
            return null;
        await DenyAsync("above_own", key, stop);
        return new ApiKeyOutcome.AboveOwn();
    }

    private Task DenyAsync(string reason, ApiKey? key, CancellationToken stop) => audit.DenyAsync(
        new AuditEntry(AuditActions.PermissionDenied)
        {
            ResourceType = "api_key",
            ResourceId = key?.Id.ToString(),
            Outcome = AuditOutcome.Denied,
            Severity = AuditSeverity.Warning,
            Metadata = new() { ["reason"] = reason },
        },
        stop);
}
