using System.Linq.Expressions;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>How a change of membership ended.</summary>
internal abstract record MembershipOutcome
{
    public sealed record Done(MemberView Member) : MembershipOutcome;

    /// <summary>No such account, or no such member.</summary>
    public sealed record Missing : MembershipOutcome;

    public sealed record Exists : MembershipOutcome;

    public sealed record RoleAboveOwn : MembershipOutcome;

    /// <summary>The organization admits addresses of other domains only.</summary>
    public sealed record DomainNotAllowed : MembershipOutcome;

    public sealed record LastOwner : MembershipOutcome;

    /// <summary>An owner would be left without what it takes to put things right again.</summary>
    public sealed record OwnerLockedOut : MembershipOutcome;

    /// <summary>The caller may leave, but not remove others.</summary>
    public sealed record NotAllowed : MembershipOutcome;

    /// <summary>Somebody else changed the members at the same moment.</summary>
    public sealed record Lost : MembershipOutcome;
}

/// <summary>The members of the actor's organization.</summary>
internal sealed class Members(AppDbContext db, Actor actor, AuditTrail audit, AccessChanges access, ActorChanges changes, SessionEndings sessions, IEnumerable<IOrganizationData> data, MailOutbox mail, TimeProvider clock)
{
    public async Task<Page<MemberView>> ListAsync(PageRequest page, CancellationToken stop)
    {
        var members = db.Set<Membership>().AsNoTracking();
        var items = await members.OrderBy(m => m.JoinedAt).ThenBy(m => m.Id).Skip(page.Offset).Take(page.Limit)
            .Select(m => new MemberView { UserId = m.UserId, Email = m.User!.Email!, FirstName = m.User.FirstName, LastName = m.User.LastName, Role = m.Role, JoinedAt = m.JoinedAt })
            .ToListAsync(stop);
        return new Page<MemberView>(items, await members.CountAsync(stop));
    }

    public async Task<MembershipOutcome> AddAsync(Guid userId, string role, CancellationToken stop)
    {
        var outcome = await access.MakeAsync<MembershipOutcome>(
            Contracts.Permissions.UsersManage, held => AddAsync(held, userId, role, stop), new MembershipOutcome.Lost(), new MembershipOutcome.OwnerLockedOut(), stop);
        if (outcome is MembershipOutcome.Done)
            await mail.WakeAsync();
        return outcome;
    }

    /// <summary>Removes a member; anybody may leave by themselves.</summary>
    public async Task<MembershipOutcome> RemoveAsync(Guid userId, CancellationToken stop)
    {
        var leaves = userId == actor.UserId;
        if (!leaves && !actor.Access.Allows(Contracts.Permissions.UsersManage))
        {
            await audit.DenyAsync(AuditEntry.Denied(Contracts.Permissions.UsersManage) with { TargetUserId = userId }, stop);
            return new MembershipOutcome.NotAllowed();
        }
        var outcome = await access.MakeAsync<MembershipOutcome>(
            leaves ? null : Contracts.Permissions.UsersManage, held => RemoveAsync(held, userId, leaves, stop), new MembershipOutcome.Lost(), new MembershipOutcome.OwnerLockedOut(), stop);
        if (outcome is MembershipOutcome.Done)
        {
            await sessions.PublishAsync();
            await changes.MembershipChangedAsync(userId, actor.OrganizationId);
        }
        return outcome;
    }

    private async Task<MembershipOutcome> AddAsync(UserAccess held, Guid userId, string role, CancellationToken stop)
    {
        if (!held.CoversMembership(role))
            return await DenyAsync(role, userId, stop);
        if (await db.Set<User>().SingleOrDefaultAsync(u => u.Id == userId && u.IsActive, stop) is not { } user)
            return new MembershipOutcome.Missing();
        if (await db.Set<Membership>().AnyAsync(m => m.UserId == userId, stop))
            return new MembershipOutcome.Exists();
        if (!actor.Policy.Admits(user.Email!))
            return new MembershipOutcome.DomainNotAllowed();

        var now = clock.GetUtcNow();
        var membership = new Membership { Id = Guid.CreateVersion7(now), OrganizationId = actor.OrganizationId, UserId = userId, Role = role, JoinedAt = now };
        db.Add(membership);
        await CloseInvitationsAsync(i => i.NormalizedEmail == user.NormalizedEmail, stop);
        audit.Record(AuditEntry.On(AuditActions.MemberAdded, "membership", membership.Id) with { TargetUserId = userId, Metadata = new() { ["role"] = role } });
        // Nobody asked them: so they are told, and may leave.
        var organization = await db.Set<Organization>().Where(o => o.Id == actor.OrganizationId).Select(o => o.DisplayName).SingleAsync(stop);
        mail.Add(user.Email!, new Letter($"You are a member of {organization}")
            .Paragraph($"{actor.Label} made you a member of {organization} on CrossAudit, as {role}.").Paragraph("If you do not want that, leave it under your organizations."));
        return new MembershipOutcome.Done(ViewOf(membership, user));
    }

    private async Task<MembershipOutcome> RemoveAsync(UserAccess held, Guid userId, bool leaves, CancellationToken stop)
    {
        if (await db.Set<Membership>().Include(m => m.User).SingleOrDefaultAsync(m => m.UserId == userId, stop) is not { User: { } user } membership)
            return new MembershipOutcome.Missing();
        // An admin may do what an owner may, but owners are made and unmade by owners.
        if (!leaves && (membership.Role == DefaultRoles.Owner ? !actor.IsOwnerIn(held.Graph!) : !CoversAll(held, userId)))
            return await DenyAsync(membership.Role, userId, stop);
        if (membership.Role == DefaultRoles.Owner && !await OwnersGuard.RemainsAsync(db, actor.OrganizationId, userId, clock.GetUtcNow(), stop))
            return new MembershipOutcome.LastOwner();

        db.Remove(membership);
        foreach (var feature in data)
            await feature.RemoveMemberAsync(actor.OrganizationId, userId, stop);
        // Those they sent, and those to them: by one of these they would come back on their own.
        await CloseInvitationsAsync(i => i.InvitedBy == userId || i.NormalizedEmail == user.NormalizedEmail, stop);
        // Should they be let in again one day, what was signed in before stays ended.
        await sessions.EndOfMemberAsync(userId, actor.OrganizationId, SessionEndReasons.MembershipEnded, stop);
        audit.Record(AuditEntry.On(AuditActions.MemberRemoved, "membership", membership.Id) with
        {
            TargetUserId = userId,
            Severity = AuditSeverity.Notice,
            Metadata = new() { ["role"] = membership.Role, ["left"] = leaves },
        });
        return new MembershipOutcome.Done(ViewOf(membership, user));
    }

    // With the membership go the roles granted beside it, denials among them, ended ones too: who takes them holds them.
    private static bool CoversAll(UserAccess held, Guid userId) => held.Graph!.GrantsOf(userId).All(grant => held.Covers(grant.Role, grant.DepartmentId));

    private async Task CloseInvitationsAsync(Expression<Func<Invitation, bool>> which, CancellationToken stop)
    {
        foreach (var invitation in await db.Set<Invitation>().Where(i => i.ClosedAt == null).Where(which).ToListAsync(stop))
            invitation.ClosedAt = clock.GetUtcNow();
    }

    private async Task<MembershipOutcome> DenyAsync(string role, Guid userId, CancellationToken stop)
    {
        await audit.DenyAsync(MembershipAudit.RoleAboveOwn(role) with { TargetUserId = userId }, stop);
        return new MembershipOutcome.RoleAboveOwn();
    }

    public static MemberView ViewOf(Membership membership, User user) => new()
    {
        UserId = user.Id,
        Email = user.Email!,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Role = membership.Role,
        JoinedAt = membership.JoinedAt,
    };
}
