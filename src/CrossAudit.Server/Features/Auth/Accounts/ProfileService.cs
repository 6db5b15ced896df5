using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Organizations;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>How a change of one's own account ended.</summary>
internal abstract record ProfileOutcome
{
    public sealed record Saved(Revised<ProfileView> Profile) : ProfileOutcome;

    /// <summary>The caller's <c>If-Match</c> names an older revision, or someone was faster.</summary>
    public sealed record Stale : ProfileOutcome;

    public sealed record Deactivated : ProfileOutcome;

    public sealed record WrongPassword : ProfileOutcome;

    /// <summary>An organization would be left without an owner.</summary>
    public sealed record LastOwner : ProfileOutcome;

    public sealed record LockedOut(TimeSpan RetryAfter) : ProfileOutcome;
}

/// <summary>The caller's own account.</summary>
internal sealed class ProfileService(
    AppDbContext db, Actor actor, Credentials credentials, FailedProofs failures, Throttling.SignInThrottle throttle, SessionEndings sessions, AuditTrail audit, ActorChanges changes, TimeProvider clock)
{
    public async Task<Revised<ProfileView>> ReadAsync(CancellationToken stop) => await ViewAsync(await OwnAsync(stop), stop);

    public async Task<ProfileOutcome> UpdateAsync(UpdateProfileRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (!ifMatch.Allows(user.ProfileRevision))
            return new ProfileOutcome.Stale();
        user.FirstName = request.FirstName.Or(user.FirstName);
        user.LastName = request.LastName.Or(user.LastName);
        user.PhoneNumber = request.Phone.Or(user.PhoneNumber);
        user.ProfilePictureUrl = request.ProfilePictureUrl.Or(user.ProfilePictureUrl);
        user.Timezone = request.Timezone.Or(user.Timezone)!;
        user.Language = request.Language is { IsSet: true, Value: { } tag } ? LanguageTagAttribute.Canonicalize(tag) : user.Language;
        user.NotificationPreferences = request.NotificationPreferences ?? user.NotificationPreferences;
        db.ChangeTracker.DetectChanges();
        if (db.ChangesOf(user) is { } changed)
        {
            (user.UpdatedAt, user.ProfileRevision) = (clock.GetUtcNow(), user.ProfileRevision + 1);
            audit.Record(AuditEntry.On(AuditActions.ProfileUpdated, "user", user.Id) with { Changes = changed });
            if (!await db.TrySaveAsync(stop))
                return new ProfileOutcome.Stale();
            await changes.UserChangedAsync(user.Id);
        }
        return new ProfileOutcome.Saved(await ViewAsync(user, stop));
    }

    /// <summary>Closes the caller's account: nobody can sign in with it, and what it did stays on record.</summary>
    public async Task<ProfileOutcome> DeactivateAsync(string password, CancellationToken stop)
    {
        var user = await OwnAsync(stop);
        if (await throttle.BeginAsync(user.Email!) is { RetryAfter: { } wait })
            return new ProfileOutcome.LockedOut(wait);
        if (!await credentials.IsPasswordAsync(user, password, stop))
        {
            await failures.RecordAsync(AuditActions.ReauthenticationFailed, user, user.Email!, new ProofOutcome.Wrong(), stop);
            return new ProfileOutcome.WrongPassword();
        }
        await throttle.SucceedAsync();
        if (await IsLastOwnerAsync(user, stop))
            return new ProfileOutcome.LastOwner();
        (user.IsActive, user.UpdatedAt) = (false, clock.GetUtcNow());
        await sessions.EndOfUserAsync(user.Id, SessionEndReasons.Deactivated, stop);
        audit.Record(AuditEntry.On(AuditActions.UserDeactivated, "user", user.Id) with { Severity = AuditSeverity.Notice });
        if (!await db.TrySaveAsync(stop))
            return new ProfileOutcome.Stale();
        await sessions.PublishAsync();
        await changes.UserChangedAsync(user.Id);
        return new ProfileOutcome.Deactivated();
    }

    private async Task<bool> IsLastOwnerAsync(User user, CancellationToken stop)
    {
        foreach (var organizationId in await Memberships(user).Where(m => m.Role == DefaultRoles.Owner).Select(m => m.OrganizationId).ToListAsync(stop))
            if (!await OwnersGuard.RemainsAsync(db, organizationId, user.Id, clock.GetUtcNow(), stop))
                return true;
        return false;
    }

    private async Task<Revised<ProfileView>> ViewAsync(User user, CancellationToken stop)
    {
        var organizations = await Memberships(user).AsNoTracking().Where(m => m.Organization!.IsActive).OrderBy(m => m.JoinedAt)
            .Select(m => new ProfileOrganization { Id = m.OrganizationId, Name = m.Organization!.Name, DisplayName = m.Organization.DisplayName, Role = m.Role, JoinedAt = m.JoinedAt })
            .ToListAsync(stop);
        return new Revised<ProfileView>(new ProfileView(user.ToView()) { Organizations = organizations }, user.ProfileRevision);
    }

    // A person's memberships lie in many organizations: the filter of one of them would hide the others.
    private IQueryable<Membership> Memberships(User user) => db.Set<Membership>().IgnoreQueryFilters([Filters.Organization]).Where(m => m.UserId == user.Id && m.Organization!.IsActive);

    private Task<User> OwnAsync(CancellationToken stop) => db.Set<User>().SingleAsync(u => u.Id == actor.UserId, stop);
}
