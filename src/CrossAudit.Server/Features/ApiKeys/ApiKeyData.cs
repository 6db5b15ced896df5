using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>The API keys of an organization, when a holder leaves and when it goes.</summary>
internal sealed class ApiKeyData(AppDbContext db, AccessGraphs graphs, AuditTrail audit, TimeProvider clock) : IOrganizationData
{
    // A personal key ends. A service key goes to the owner of longest standing, with no more than its holder could do to the last.
    public async Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop)
    {
        var keys = await db.Set<ApiKey>().Where(key => key.HolderId == userId && key.RevokedAt == null).ToListAsync(stop);
        if (keys.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var held = (await graphs.OfAsync(organizationId, stop)).AccessOf(userId, now);
        var owner = await db.Set<Membership>().Where(m => m.Role == DefaultRoles.Owner && m.UserId != userId && m.User!.IsActive).OrderBy(m => m.JoinedAt).Select(m => m.UserId).FirstAsync(stop);
        foreach (var key in keys)
            if (key.Kind == ApiKeyKind.Service)
                HandOver(key, owner, held, now);
            else
                Revoke(key, now);
    }

    public async Task DestroyAsync(Guid organizationId, CancellationToken stop) =>
        await db.Set<ApiKey>().IgnoreQueryFilters().Where(key => key.OrganizationId == organizationId).ExecuteDeleteAsync(stop);

    private void HandOver(ApiKey key, Guid owner, UserAccess held, DateTimeOffset now)
    {
        (key.HolderId, key.UpdatedAt) = (owner, now);
        key.Scopes = [.. key.Scopes.Where(scope => held.HoldsAll([scope], somewhere: false))];
        key.MaxSensitivity = held.Clearance < key.MaxSensitivity ? held.Clearance : key.MaxSensitivity;
        db.ChangeTracker.DetectChanges();
        audit.Record(AuditEntry.On(AuditActions.ApiKeyHandedOver, "api_key", key.Id) with { TargetUserId = owner, Severity = AuditSeverity.Notice, Changes = db.ChangesOf(key) });
    }

    private void Revoke(ApiKey key, DateTimeOffset now)
    {
        key.Revoke(ApiKeyRevocations.MembershipEnded, now);
        audit.Record(AuditEntry.On(AuditActions.ApiKeyRevoked, "api_key", key.Id) with { TargetUserId = key.HolderId, Severity = AuditSeverity.Notice, Metadata = new() { ["name"] = key.Name } });
    }
}
