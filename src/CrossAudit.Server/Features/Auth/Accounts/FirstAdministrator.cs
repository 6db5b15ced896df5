using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Mfa;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>Makes the account that everything else begins with, for whoever runs the server: they hold the database anyway.</summary>
internal sealed class FirstAdministrator(
    AppDbContext db, CurrentActor current, UserManager<User> users, Credentials credentials, RecoveryCodes recoveryCodes, SessionEndings sessions, AuditTrail audit, TimeProvider clock)
{
    /// <returns>What was done; or why nothing was.</returns>
    public async Task<(string? Done, string? Why)> CreateAsync(string email, string password, string organizationName, bool mayReset, CancellationToken stop)
    {
        if (PasswordPolicy.Refuses(email, password))
            return (null, PasswordPolicy.Why);
        if (await users.FindByEmailAsync(email) is { } known)
            return mayReset ? (await ResetAsync(known, password, stop), null) : (null, "There is an account with this address. With --reset it gets the password.");
        var now = clock.GetUtcNow();
        // Nobody has to be mailed to be believed: whoever runs this names the address.
        var user = new User { Id = Guid.CreateVersion7(now), UserName = email, Email = email, EmailConfirmed = true, CreatedAt = now, UpdatedAt = now };
        user.PasswordHash = await credentials.HashAsync(user, password, stop);
        var made = await users.CreateAsync(user);
        if (!made.Succeeded)
            return (null, made.Errors.First().Description);
        var (organization, owner) = Organization.Found(new CreateOrganizationRequest { Name = organizationName }, user.Id, now);
        user.LastOrganizationId = organization.Id;
        current.Is(Actor.System(organization.Id));
        db.AddRange(organization, owner);
        audit.Record(AuditEntry.On(AuditActions.UserRegistered, "user", user.Id) with { TargetUserId = user.Id, Severity = AuditSeverity.Critical, Metadata = new() { ["by_command"] = true } });
        audit.Record(AuditEntry.On(AuditActions.OrganizationCreated, "organization", organization.Id) with { Metadata = new() { ["name"] = organization.Name } });
        await db.SaveChangesAsync(stop);
        return ($"{email} is the owner of \"{organization.Name}\".", null);
    }

    private async Task<string> ResetAsync(User user, string password, CancellationToken stop)
    {
        if (user.LastOrganizationId is { } organization)
            current.Is(Actor.System(organization));
        user.PasswordHash = await credentials.HashAsync(user, password, stop);
        (user.IsActive, user.SecurityStamp, user.UpdatedAt) = (true, OpaqueToken.Create().Token, clock.GetUtcNow());
        Authenticator.Disable(user);
        await recoveryCodes.RemoveAsync(user, stop);
        var ended = await sessions.EndOfUserAsync(user.Id, SessionEndReasons.PasswordReset, stop);
        audit.Record(AuditEntry.On(AuditActions.PasswordReset, "user", user.Id) with
        {
            TargetUserId = user.Id,
            Severity = AuditSeverity.Critical,
            Metadata = new() { ["by_command"] = true, ["mfa_disabled"] = true, ["sessions_ended"] = ended },
        });
        await db.SaveChangesAsync(stop);
        await sessions.PublishAsync();
        return $"{user.Email} has a new password and no second factor. All sessions of the account have ended.";
    }
}
