using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>How a sign-in ended.</summary>
internal abstract record SignInOutcome
{
    public sealed record SignedIn(SessionView Session) : SignInOutcome;

    /// <summary>It was not proved that the account is theirs.</summary>
    public sealed record NotProven(ProofOutcome Outcome) : SignInOutcome;

    /// <summary>There is no organization to sign in to, or not the one asked for.</summary>
    public sealed record NoOrganization : SignInOutcome;

    /// <summary>There were too many attempts.</summary>
    public sealed record LockedOut(TimeSpan RetryAfter) : SignInOutcome;
}

/// <summary>Signs people in by password, and by a second factor where they have one.</summary>
internal sealed class SignIn(
    AppDbContext db, UserManager<User> users, Credentials credentials, FailedProofs failures, SignInThrottle throttle, SessionService sessions, SecurityNotices notices, AuditTrail audit, ActorChanges changes)
{
    public async Task<SignInOutcome> LoginAsync(LoginRequest request, CancellationToken stop)
    {
        if (await throttle.BeginAsync(request.Email) is { RetryAfter: { } wait } locked)
        {
            await failures.RecordLockOutAsync(request.Email, locked, stop);
            return new SignInOutcome.LockedOut(wait);
        }
        var user = await users.FindByEmailAsync(request.Email);
        var outcome = await credentials.ProveAsync(user, new Proof(request.Password, request.TotpCode, request.RecoveryCode), stop);
        if (outcome is not ProofOutcome.Proven { Methods: var methods })
        {
            await failures.RecordAsync(AuditActions.LoginFailed, user, request.Email, outcome, stop);
            // The right password alone is no guess; but the codes that were tried before it stay counted.
            if (outcome is ProofOutcome.SecondFactorMissing)
                await throttle.TakeBackAsync();
            return new SignInOutcome.NotProven(outcome);
        }
        if (await OrganizationFor(user!, request.OrganizationId, stop) is not { } organization)
        {
            await failures.RecordAsync(AuditActions.LoginFailed, user, request.Email, outcome, stop);
            return new SignInOutcome.NoOrganization();
        }

        var session = sessions.Open(user!, organization, methods);
        audit.Record(AuditEntry.On(AuditActions.LoginSucceeded, "user", user!.Id) with
        {
            OrganizationId = organization.Id,
            ActingUser = (user.Id, user.Email!),
            Metadata = new() { ["method"] = methods },
        });
        notices.OfRecoveryCode(user, organization.Id, methods);
        // Two sign-ins with the same code at once: one of them comes too late.
        if (!await db.TrySaveAsync(stop))
            return new SignInOutcome.NotProven(new ProofOutcome.SecondFactorWrong());
        await throttle.SucceedAsync();
        await changes.UserChangedAsync(user.Id);
        await notices.WakeAsync();
        return new SignInOutcome.SignedIn(session);
    }

    private async Task<Organization?> OrganizationFor(User user, Guid? asked, CancellationToken stop)
    {
        // Nobody is signed in yet: the memberships of this one account are read across organizations.
        var memberships = db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
            .Where(m => m.UserId == user.Id && (m.Organization!.IsActive || (m.Role == DefaultRoles.Owner && m.Organization.DueAt != null)));
        return asked is { } id
            ? await memberships.Where(m => m.OrganizationId == id).Select(m => m.Organization).SingleOrDefaultAsync(stop)
            : await memberships.OrderByDescending(m => m.Organization!.IsActive).ThenByDescending(m => m.OrganizationId == user.LastOrganizationId).ThenBy(m => m.JoinedAt).Select(m => m.Organization).FirstOrDefaultAsync(stop);
    }
}
