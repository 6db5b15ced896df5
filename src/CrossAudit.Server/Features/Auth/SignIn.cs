using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth;

/// <summary>How a sign-in ended.</summary>
internal abstract record SignInOutcome
{
    public sealed record SignedIn(SessionView Session) : SignInOutcome;

    /// <summary>The address is unknown or the password wrong: nobody is told which.</summary>
    public sealed record InvalidCredentials : SignInOutcome;

    /// <summary>There is no organization to sign in to, or not the one asked for.</summary>
    public sealed record NoOrganization : SignInOutcome;
}

/// <summary>Signs people in by password.</summary>
internal sealed class SignIn(AppDbContext db, UserManager<User> users, IPasswordHasher<User> hasher, SessionService sessions, AuditTrail audit, ActorChanges changes)
{
    // Verified where the address is unknown, so that the answer takes as long as for a wrong password.
    private static readonly Lazy<string> NobodysHash = new(() => new Argon2PasswordHasher().HashPassword(null!, "nobody's password"));

    public async Task<SignInOutcome> LoginAsync(LoginRequest request, CancellationToken stop)
    {
        var user = await users.FindByEmailAsync(request.Email);
        if (user is null)
            hasher.VerifyHashedPassword(null!, NobodysHash.Value, request.Password);
        if (user is null || !await users.CheckPasswordAsync(user, request.Password) || !user.IsActive)
        {
            await RecordFailureAsync(user, request.Email, stop);
            return new SignInOutcome.InvalidCredentials();
        }
        if (await OrganizationFor(user, request.OrganizationId, stop) is not { } organization)
        {
            await RecordFailureAsync(user, request.Email, stop);
            return new SignInOutcome.NoOrganization();
        }

        var session = sessions.Open(user, organization);
        audit.Record(new AuditEntry(AuditActions.LoginSucceeded)
        {
            ResourceType = "user",
            ResourceId = user.Id.ToString(),
            OrganizationId = organization.Id,
            ActingUser = (user.Id, user.Email!),
            Metadata = new() { ["method"] = "password" },
        });
        await db.SaveChangesAsync(stop);
        await changes.UserChangedAsync(user.Id);
        return new SignInOutcome.SignedIn(session);
    }

    private async Task<Organization?> OrganizationFor(User user, Guid? asked, CancellationToken stop)
    {
        // Nobody is signed in yet: the memberships of this one account are read across organizations.
        var memberships = db.Set<Membership>().IgnoreQueryFilters([Filters.Organization]).Where(m => m.UserId == user.Id && m.Organization!.IsActive);
        return asked is { } id
            ? await memberships.Where(m => m.OrganizationId == id).Select(m => m.Organization).SingleOrDefaultAsync(stop)
            : await memberships.OrderByDescending(m => m.OrganizationId == user.LastOrganizationId).ThenBy(m => m.JoinedAt).Select(m => m.Organization).FirstOrDefaultAsync(stop);
    }

    private async Task RecordFailureAsync(User? user, string email, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        audit.Record(new AuditEntry(AuditActions.LoginFailed)
        {
            ResourceType = "user",
            ResourceId = user?.Id.ToString(),
            // In the trail of the organization used last: that is whose account is being tried.
            OrganizationId = user?.LastOrganizationId,
            Outcome = AuditOutcome.Failure,
            Severity = AuditSeverity.Warning,
            Metadata = new() { ["method"] = "password", ["email"] = email },
        });
        await db.SaveChangesAsync(stop);
    }
}
