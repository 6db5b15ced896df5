using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>How withdrawing an invitation ended.</summary>
internal enum Revocation
{
    Done,

    /// <summary>None waits under this id.</summary>
    Missing,

    /// <summary>The caller's <c>If-Match</c> names an older revision, or someone was faster.</summary>
    Stale,
}

/// <summary>Invites people by e-mail, and lets them in.</summary>
internal sealed class Invitations(
    AppDbContext db, Actor actor, AuditTrail audit, AccessGraphs graphs, MailOutbox mail, ILookupNormalizer normalizer, Settings settings, TimeProvider clock)
{
    /// <summary>Invites an address; <see cref="MembershipOutcome"/> says what stands against it.</summary>
    public async Task<(Revised<InvitationView>? Invitation, MembershipOutcome? Refused)> InviteAsync(CreateInvitationRequest request, CancellationToken stop)
    {
        var (now, normalized) = (clock.GetUtcNow(), normalizer.NormalizeEmail(request.Email.Trim()));
        if (!actor.Access.CoversMembership(request.Role))
        {
            await audit.DenyAsync(MembershipAudit.RoleAboveOwn(request.Role), stop);
            return (null, new MembershipOutcome.RoleAboveOwn());
        }
        if (await db.Set<Membership>().AnyAsync(m => m.User!.NormalizedEmail == normalized, stop))
            return (null, new MembershipOutcome.Exists());

        if (!actor.Policy.Admits(request.Email))
            return (null, new MembershipOutcome.DomainNotAllowed());

        var (token, hash) = OpaqueToken.Create();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            Email = request.Email.Trim(),
            NormalizedEmail = normalized,
            Role = request.Role,
            TokenHash = hash,
            InvitedBy = actor.RequiredUserId,
            CreatedAt = now,
            ExpiresAt = now + Invitation.Lifetime,
        };
        // The newest is the one that holds.
        await CloseOthersAsync(invitation, now, stop);
        db.Add(invitation);
        return (await SendAsync(invitation, token, AuditActions.InvitationCreated, stop), null);
    }

    /// <summary>Mails an open invitation once more, with another token and all of its time; null if there is none, or somebody else changed it.</summary>
    public async Task<Revised<InvitationView>?> ResendAsync(Guid id, CancellationToken stop)
    {
        if (await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id && i.ClosedAt == null, stop) is not { } invitation
            || !actor.Access.CoversMembership(invitation.Role) || !actor.Policy.Admits(invitation.Email))
            return null;
        var (token, hash) = OpaqueToken.Create();
        (invitation.TokenHash, invitation.ExpiresAt, invitation.InvitedBy) = (hash, clock.GetUtcNow() + Invitation.Lifetime, actor.RequiredUserId);
        return await SendAsync(invitation, token, AuditActions.InvitationResent, stop);
    }

    /// <summary>What an invitation is to, for whoever holds its token; null if it is not good.</summary>
    public async Task<InvitationPreview?> PreviewAsync(string token, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), OpaqueToken.HashOf(token));
        // Whoever is invited is not in the organization yet: the token alone names it.
        return await db.Set<Invitation>().IgnoreQueryFilters([Filters.Organization]).AsNoTracking()
            .Where(i => i.TokenHash == hash && i.ClosedAt == null && i.ExpiresAt > now)
            .Join(db.Set<Organization>().Where(o => o.IsActive), i => i.OrganizationId, o => o.Id, (i, o) => new InvitationPreview
            {
                OrganizationName = o.DisplayName,
                Email = i.Email,
                Role = i.Role,
                ExpiresAt = i.ExpiresAt,
                HasAccount = db.Set<User>().Any(u => u.NormalizedEmail == i.NormalizedEmail),
            })
            .SingleOrDefaultAsync(stop);
    }

    private async Task<Revised<InvitationView>?> SendAsync(Invitation invitation, string token, string action, CancellationToken stop)
    {
        var organization = await db.Set<Organization>().Where(o => o.Id == actor.OrganizationId).Select(o => o.DisplayName).SingleAsync(stop);
        InvitationMail.Add(mail, settings.PublicUrl, invitation, organization, actor.Label, token);
        audit.Record(AuditEntry.On(action, "invitation", invitation.Id) with { Metadata = new() { ["email"] = invitation.Email, ["role"] = invitation.Role } });
        if (!await db.TrySaveAsync(stop))
            return null;
        await mail.WakeAsync();
        return RevisedOf(invitation);
    }

    public async Task<Page<InvitationView>> ListAsync(string? status, PageRequest page, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var invitations = db.Set<Invitation>().AsNoTracking();
        var found = status is null ? invitations : invitations.Where(Invitation.Is(status, now));
        return await found.NewestFirstAsync(page, Invitation.ToView(now), i => new Cursor(i.CreatedAt, i.Id), stop);
    }

    /// <summary>An invitation, also one that is closed; null if there is none.</summary>
    public async Task<Revised<InvitationView>?> FindAsync(Guid id, CancellationToken stop) =>
        await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, stop) is { } invitation ? RevisedOf(invitation) : null;

    /// <summary>Withdraws an invitation that waits.</summary>
    public async Task<Revocation> RevokeAsync(Guid id, IfMatch ifMatch, CancellationToken stop)
    {
        if (await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id && i.ClosedAt == null, stop) is not { } invitation || !actor.Access.CoversMembership(invitation.Role))
            return Revocation.Missing;
        if (!ifMatch.Allows(invitation.Revision))
            return Revocation.Stale;
        invitation.ClosedAt = clock.GetUtcNow();
        audit.Record(AuditEntry.On(AuditActions.InvitationRevoked, "invitation", id) with { Metadata = new() { ["email"] = invitation.Email } });
        return await db.TrySaveAsync(stop) ? Revocation.Done : ifMatch.IsConditional ? Revocation.Stale : Revocation.Missing;
    }

    /// <summary>Lets the signed-in account in; null if the invitation is not good for it.</summary>
    public async Task<OrganizationView?> AcceptAsync(string token, CancellationToken stop)
    {
        var user = await db.Set<User>().SingleAsync(u => u.Id == actor.UserId, stop);
        return await JoinAsync(token, user, stop) is { } organization && await db.TrySaveAsync(stop) ? organization.ToView() : null;
    }

    /// <summary>Adds the account's membership to the running unit of work; null if the invitation is not good for it.</summary>
    public async Task<Organization?> JoinAsync(string token, User user, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), OpaqueToken.HashOf(token));
        // Whoever is invited is not in the organization yet: the token alone names it.
        var invitation = await db.Set<Invitation>().IgnoreQueryFilters([Filters.Organization])
            .SingleOrDefaultAsync(i => i.TokenHash == hash && i.ClosedAt == null && i.ExpiresAt > now, stop);
        if (invitation is null || invitation.NormalizedEmail != normalizer.NormalizeEmail(user.Email))
            return null;
        if (await db.Set<Organization>().SingleOrDefaultAsync(o => o.Id == invitation.OrganizationId && o.IsActive, stop) is not { } organization
            || !organization.Settings.Admits(user.Email!) || !await MayStillInviteAsync(invitation, stop))
            return null;
        // An address is invited once more when a mail got lost; whoever is let in needs none of the others, and must not come back by them.
        await CloseOthersAsync(invitation, now, stop);

        (invitation.ClosedAt, invitation.IsAccepted) = (now, true);
        // The token came by mail to this address and to nobody else.
        user.EmailConfirmed = true;
        db.Add(new Membership { Id = Guid.CreateVersion7(now), OrganizationId = organization.Id, UserId = user.Id, Role = invitation.Role, JoinedAt = now });
        audit.Record(AuditEntry.On(AuditActions.InvitationAccepted, "invitation", invitation.Id) with
        {
            OrganizationId = organization.Id,
            ActingUser = (user.Id, user.Email!),
            Metadata = new() { ["role"] = invitation.Role },
        });
        return organization;
    }

    // An invitation is worth what its sender could give today: one who was removed or demoted lets nobody in.
    private async Task<bool> MayStillInviteAsync(Invitation invitation, CancellationToken stop)
    {
        var sender = (await graphs.OfAsync(invitation.OrganizationId, stop)).AccessOf(invitation.InvitedBy, clock.GetUtcNow());
        return sender.Allows(Contracts.Permissions.UsersManage) && sender.CoversMembership(invitation.Role);
    }

    private Revised<InvitationView> RevisedOf(Invitation invitation) => new(Invitation.ToView(clock.GetUtcNow()).Compile()(invitation), invitation.Revision);

    private async Task CloseOthersAsync(Invitation accepted, DateTimeOffset now, CancellationToken stop)
    {
        var others = await db.Set<Invitation>().IgnoreQueryFilters([Filters.Organization])
            .Where(i => i.OrganizationId == accepted.OrganizationId && i.NormalizedEmail == accepted.NormalizedEmail && i.ClosedAt == null && i.Id != accepted.Id).ToListAsync(stop);
        others.ForEach(other => other.ClosedAt = now);
    }
}
