using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>Gives members other roles, and hands the organization over.</summary>
internal sealed class MemberRoles(AppDbContext db, Actor actor, AuditTrail audit, AccessChanges access, ActorChanges changes, TimeProvider clock)
{
    /// <summary>Gives a member another role. Nobody gives or takes what they do not hold; owners are made and unmade by owners.</summary>
    public Task<MembershipOutcome> ChangeAsync(Guid userId, string role, CancellationToken stop) =>
        MakeAsync(Contracts.Permissions.UsersManage, held => ChangeAsync(held, userId, role, stop), [userId], stop);

    /// <summary>Makes another member the owner; the caller becomes an admin.</summary>
    public Task<MembershipOutcome> TransferAsync(Guid userId, CancellationToken stop) => MakeAsync(null, _ => HandOverAsync(userId, stop), [userId, actor.RequiredUserId], stop);

    private async Task<MembershipOutcome> MakeAsync(string? needed, Func<UserAccess, Task<MembershipOutcome>> decide, Guid[] concerned, CancellationToken stop)
    {
        var outcome = await access.MakeAsync(needed, decide, new MembershipOutcome.Lost(), new MembershipOutcome.OwnerLockedOut(), stop);
        if (outcome is MembershipOutcome.Done)
            foreach (var userId in concerned)
                await changes.MembershipChangedAsync(userId, actor.OrganizationId);
        return outcome;
    }

    private async Task<MembershipOutcome> ChangeAsync(UserAccess held, Guid userId, string role, CancellationToken stop)
    {
        if (await MemberAsync(userId, stop) is not { User: { } user } membership)
            return new MembershipOutcome.Missing();
        if (!MayGive(held, role) || !MayGive(held, membership.Role))
            return await DenyAsync(role, userId, stop);
        if (membership.Role == role)
            return new MembershipOutcome.Done(Members.ViewOf(membership, user));
        if (membership.Role == DefaultRoles.Owner && !await OwnersGuard.RemainsAsync(db, actor.OrganizationId, userId, clock.GetUtcNow(), stop))
            return new MembershipOutcome.LastOwner();
        audit.Record(AuditEntry.On(AuditActions.MemberRoleChanged, "membership", membership.Id) with
        {
            TargetUserId = userId,
            Severity = AuditSeverity.Notice,
            Changes = new() { ["role"] = new JsonObject { ["from"] = membership.Role, ["to"] = role } },
        });
        membership.Role = role;
        return new MembershipOutcome.Done(Members.ViewOf(membership, user));
    }

    private async Task<MembershipOutcome> HandOverAsync(Guid userId, CancellationToken stop)
    {
        if (actor.Role != DefaultRoles.Owner)
            return await DenyAsync(DefaultRoles.Owner, userId, stop);
        if (userId == actor.UserId || await MemberAsync(userId, stop) is not { User: { IsActive: true } user } heir || await MemberAsync(actor.RequiredUserId, stop) is not { Role: DefaultRoles.Owner } own)
            return new MembershipOutcome.Missing();
        var organization = await db.Set<Organization>().SingleAsync(o => o.Id == actor.OrganizationId, stop);
        (organization.OwnerId, organization.UpdatedAt) = (userId, clock.GetUtcNow());
        (heir.Role, own.Role) = (DefaultRoles.Owner, DefaultRoles.Admin);
        audit.Record(AuditEntry.On(AuditActions.OwnerChanged, "organization", organization.Id) with
        {
            TargetUserId = userId,
            Severity = AuditSeverity.Critical,
            Changes = new() { ["owner_id"] = new JsonObject { ["from"] = actor.UserId.ToString(), ["to"] = userId.ToString() } },
        });
        return new MembershipOutcome.Done(Members.ViewOf(heir, user));
    }

    // By the graph, not by how the request began: somebody may have been demoted since.
    private bool MayGive(UserAccess held, string role) => role == DefaultRoles.Owner ? actor.IsOwnerIn(held.Graph!) : held.CoversMembership(role);

    private Task<Membership?> MemberAsync(Guid userId, CancellationToken stop) => db.Set<Membership>().Include(m => m.User).SingleOrDefaultAsync(m => m.UserId == userId, stop);

    private async Task<MembershipOutcome> DenyAsync(string role, Guid userId, CancellationToken stop)
    {
        await audit.DenyAsync(MembershipAudit.RoleAboveOwn(role) with { TargetUserId = userId }, stop);
        return new MembershipOutcome.RoleAboveOwn();
    }
}

/// <summary>Keeps every organization at least one owner who can sign in.</summary>
internal static class OwnersGuard
{
    /// <summary>
    /// Whether one remains when this one goes. Two owners who go at once both see the other: the organization's revision, which this changes in the running
    /// unit of work, lets only one of them through.
    /// </summary>
    public static async Task<bool> RemainsAsync(AppDbContext db, Guid organizationId, Guid going, DateTimeOffset now, CancellationToken stop)
    {
        // Before the others are looked at: what changes them in between changes the revision too.
        var organization = await db.Set<Organization>().SingleAsync(o => o.Id == organizationId, stop);
        if (!await db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
            .AnyAsync(m => m.OrganizationId == organizationId && m.Role == DefaultRoles.Owner && m.UserId != going && m.User!.IsActive, stop))
            return false;
        organization.UpdatedAt = now;
        // Even where the clock has not moved since it was changed last: it is the revision that counts.
        db.Entry(organization).Property(o => o.UpdatedAt).IsModified = true;
        return true;
    }
}
