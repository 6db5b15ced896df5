using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Accounts;
using CrossAudit.Server.Features.Organizations;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Identity;

namespace CrossAudit.Server.Features.Auth;

/// <summary>How a registration ended.</summary>
internal abstract record RegistrationOutcome
{
    public sealed record Registered(SessionView Session) : RegistrationOutcome;

    public sealed record EmailTaken : RegistrationOutcome;

    /// <summary>The invitation is unknown, expired, used, or meant for another address.</summary>
    public sealed record InvitationInvalid : RegistrationOutcome;

    /// <summary>The password is one of those that are tried first.</summary>
    public sealed record PasswordCommon : RegistrationOutcome;

    /// <summary>A field is not what it should be.</summary>
    public sealed record Invalid(string Field, string Why) : RegistrationOutcome;
}

/// <summary>Makes accounts. Each leaves with exactly one organization: its own, or the one that invited it.</summary>
internal sealed class Registration(AppDbContext db, UserManager<User> users, Credentials credentials, EmailService emails, SessionService sessions, Invitations invitations, AccountMails mails, AuditTrail audit, TimeProvider clock)
{
    public async Task<RegistrationOutcome> RegisterAsync(RegisterRequest request, CancellationToken stop)
    {
        var user = NewUser(request, clock.GetUtcNow());
        if (PasswordPolicy.Refuses(user.Email!, request.Password))
            return new RegistrationOutcome.PasswordCommon();
        user.PasswordHash = await credentials.HashAsync(user, request.Password, stop);
        var made = await users.CreateAsync(user);
        if (!made.Succeeded)
            return made.Errors.Any(error => error.Code is "DuplicateEmail" or "DuplicateUserName")
                ? new RegistrationOutcome.EmailTaken()
                : new RegistrationOutcome.Invalid("email", made.Errors.First().Description);

        if (await JoinOrFoundAsync(request, user, stop) is not { } organization)
            return new RegistrationOutcome.InvitationInvalid();
        var session = sessions.Open(user, organization);
        audit.Record(AuditEntry.On(AuditActions.UserRegistered, "user", user.Id) with
        {
            OrganizationId = organization.Id,
            ActingUser = (user.Id, user.Email!),
            Metadata = new() { ["by_invitation"] = request.InvitationToken is not null },
        });
        // An invitation came by mail already.
        if (!user.EmailConfirmed)
            emails.AskToVerify(user);
        if (!await db.TrySaveAsync(stop))
            return new RegistrationOutcome.EmailTaken();
        await mails.WakeAsync();
        return new RegistrationOutcome.Registered(session);
    }

    private async Task<Organization?> JoinOrFoundAsync(RegisterRequest request, User user, CancellationToken stop)
    {
        if (request.InvitationToken is { } token)
            return await invitations.JoinAsync(token, user, stop);
        var name = string.IsNullOrWhiteSpace(request.OrganizationName) ? $"{user.DisplayName}'s organization" : request.OrganizationName;
        var (organization, owner) = Organization.Found(new CreateOrganizationRequest { Name = name }, user.Id, clock.GetUtcNow());
        db.AddRange(organization, owner);
        audit.Record(AuditEntry.On(AuditActions.OrganizationCreated, "organization", organization.Id) with
        {
            OrganizationId = organization.Id,
            ActingUser = (user.Id, user.Email!),
            Metadata = new() { ["name"] = organization.Name },
        });
        return organization;
    }

    private static User NewUser(RegisterRequest request, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = request.Email.Trim(),
        Email = request.Email.Trim(),
        FirstName = request.FirstName,
        LastName = request.LastName,
        PhoneNumber = request.Phone,
        Timezone = request.Timezone ?? "UTC",
        Language = request.Language is { } tag ? LanguageTagAttribute.Canonicalize(tag) : "en",
        CreatedAt = now,
        UpdatedAt = now,
    };
}
