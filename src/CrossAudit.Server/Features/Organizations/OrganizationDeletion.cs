using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>How the deletion of an organization ended.</summary>
internal abstract record DeletionOutcome
{
    /// <param name="Due">When what it holds is destroyed.</param>
    public sealed record Deleted(DateTimeOffset Due) : DeletionOutcome;

    public sealed record NotOwner : DeletionOutcome;

    /// <summary>Something in it must not be destroyed.</summary>
    public sealed record OnLegalHold : DeletionOutcome;

    /// <summary>The caller's <c>If-Match</c> names an older revision.</summary>
    public sealed record Stale : DeletionOutcome;

    /// <summary>Somebody else changed it at the same moment.</summary>
    public sealed record Lost : DeletionOutcome;
}

/// <summary>Deletes organizations: at once for everybody in them, for good after a time of grace. The audit trail stays.</summary>
internal sealed class OrganizationDeletion(AppDbContext db, CurrentActor current, AuditTrail audit, ActorChanges changes, IEnumerable<IOrganizationData> data, TimeProvider clock)
{
    /// <summary>How long an owner may think better of it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>Deletes the actor's organization, if they are an owner.</summary>
    public async Task<DeletionOutcome> DeleteAsync(IfMatch ifMatch, CancellationToken stop)
    {
        var actor = current.Actor;
        if (actor.Role != DefaultRoles.Owner)
        {
            await audit.DenyAsync(new AuditEntry(AuditActions.PermissionDenied) { ResourceType = "organization", ResourceId = actor.OrganizationId.ToString(), Outcome = AuditOutcome.Denied, Severity = AuditSeverity.Warning, Metadata = new() { ["reason"] = "owner_required" } }, stop);
            return new DeletionOutcome.NotOwner();
        }
        var (organization, now) = (await db.Set<Organization>().SingleAsync(o => o.Id == actor.OrganizationId, stop), clock.GetUtcNow());
        if (!ifMatch.Allows(organization.Revision))
            return new DeletionOutcome.Stale();
        if (await data.IsAnyHeldAsync(organization.Id, stop))
            return new DeletionOutcome.OnLegalHold();
        var due = now + Grace;
        (organization.IsActive, organization.UpdatedAt, organization.DueAt, organization.Attempts) = (false, now, due, 0);
        audit.Record(AuditEntry.On(AuditActions.OrganizationDeleted, "organization", organization.Id) with
        {
            Severity = AuditSeverity.Critical,
            Metadata = new() { ["name"] = organization.Name, ["purged_after"] = due },
        });
        if (!await db.TrySaveAsync(stop))
            return ifMatch.IsConditional ? new DeletionOutcome.Stale() : new DeletionOutcome.Lost();
        await changes.OrganizationChangedAsync(organization.Id);
        return new DeletionOutcome.Deleted(due);
    }

    /// <summary>Takes a deleted organization back; null unless the caller is one of its owners and the time of grace lasts.</summary>
    public async Task<OrganizationView?> RestoreAsync(Guid id, CancellationToken stop)
    {
        var (userId, now) = (current.Actor.RequiredUserId, clock.GetUtcNow());
        // Nobody can act in it, so its owner comes from another one: the account's membership is what counts.
        var organization = await db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
            .Where(m => m.OrganizationId == id && m.UserId == userId && m.Role == DefaultRoles.Owner && !m.Organization!.IsActive && m.Organization.DueAt > now)
            .Select(m => m.Organization).SingleOrDefaultAsync(stop);
        if (organization is null)
            return null;
        (organization.IsActive, organization.UpdatedAt, organization.DueAt) = (true, now, null);
        audit.Record(AuditEntry.On(AuditActions.OrganizationRestored, "organization", id) with { OrganizationId = id, Severity = AuditSeverity.Critical });
        if (!await db.TrySaveAsync(stop))
            return null;
        await changes.OrganizationChangedAsync(id);
        return organization.ToView();
    }
}

/// <summary>Destroys what a deleted organization holds, when its time of grace is over. Killed in between, it is begun anew.</summary>
internal sealed class OrganizationPurge(AppDbContext db, CurrentActor current, AuditTrail audit, IEnumerable<IOrganizationData> data) : IWork<Organization>
{
    public static TimeSpan TimeLimit => TimeSpan.FromHours(1);

    public static int Concurrency => 1;

    public async Task RunAsync(Organization row, CancellationToken stop)
    {
        current.Is(Actor.System(row.Id));
        // A hold may have been placed in the very moment of the deletion. Nothing is touched, and after some attempts the organization is parked.
        if (await data.IsAnyHeldAsync(row.Id, stop))
            throw new InvalidOperationException($"Organization {row.Id} is not destroyed: a document of it is under legal hold.");
        foreach (var feature in data)
            await feature.DestroyAsync(row.Id, stop);
        await db.Set<Invitation>().IgnoreQueryFilters().Where(i => i.OrganizationId == row.Id).ExecuteDeleteAsync(stop);
        await db.Set<Session>().Where(s => s.OrganizationId == row.Id).ExecuteDeleteAsync(stop);
        await db.Set<Membership>().IgnoreQueryFilters().Where(m => m.OrganizationId == row.Id).ExecuteDeleteAsync(stop);
        // The organization and the event that ends its trail go together.
        await db.WriteAsync(
            async () =>
            {
                audit.Record(AuditEntry.On(AuditActions.OrganizationPurged, "organization", row.Id) with { Severity = AuditSeverity.Critical, Metadata = new() { ["name"] = row.Name } });
                await db.SaveChangesAsync(stop);
                return await db.Set<Organization>().Where(o => o.Id == row.Id).ExecuteDeleteAsync(stop);
            },
            stop);
    }

    // It stays inactive and due no more: an operator has to look why it cannot be destroyed.
    public Task ParkAsync(Organization row, Exception cause, CancellationToken stop) =>
        db.Set<Organization>().Where(o => o.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.DueAt, (DateTimeOffset?)null), stop);
}
