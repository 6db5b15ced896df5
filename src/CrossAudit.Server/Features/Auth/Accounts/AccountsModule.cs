using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Auth.Throttling;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Auth.Accounts;

using Confirmed = Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>;

/// <summary>One's own account: profile, password and address.</summary>
internal static class AccountsModule
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddScoped<OneTimeTokens>()
        .AddScoped<AccountMails>()
        .AddScoped<ProfileService>()
        .AddScoped<PasswordService>()
        .AddScoped<EmailService>()
        .AddScoped<FirstAdministrator>();

    public static void MapAccounts(this RouteGroupBuilder auth)
    {
        auth.MapGet("/profile", GetProfile).RequireSignIn();
        auth.MapPut("/profile", UpdateProfile).RequireSignIn().Refuses(412, ErrorCodes.PreconditionFailed);
        auth.MapPost("/deactivate", Deactivate).RequireSignIn().RequireRecentSignIn()
            .Refuses(400, ErrorCodes.InvalidPassword).Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(409, ErrorCodes.LastOwner, ErrorCodes.Conflict).Refuses(429, ErrorCodes.LockedOut);

        auth.MapPost("/change-password", ChangePassword).RequireSignIn().RequireRecentSignIn()
            .Refuses(400, ErrorCodes.InvalidPassword, ErrorCodes.PasswordCommon).Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(409, ErrorCodes.Conflict).Refuses(429, ErrorCodes.LockedOut);
        auth.MapPost("/reset-password", RequestReset).AllowAnonymous().LimitPerAddress(AuthLimits.Mails);
        auth.MapPost("/reset-password/confirm", ConfirmReset).AllowAnonymous().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvalidToken, ErrorCodes.PasswordCommon).Refuses(409, ErrorCodes.Conflict);

        auth.MapPost("/verify-email", VerifyEmail).AllowAnonymous().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvalidToken);
        auth.MapPost("/verify-email/resend", ResendVerification).RequireSignIn().LimitPerAddress(AuthLimits.Mails);
        auth.MapPost("/change-email", RequestEmailChange).RequireSignIn().RequireRecentSignIn().LimitPerAddress(AuthLimits.Mails).Refuses(401, ErrorCodes.RecentSignInRequired);
        auth.MapPost("/change-email/confirm", ConfirmEmailChange).AllowAnonymous().LimitPerAddress(AddressLimit.OneTimeTokens).Refuses(400, ErrorCodes.InvalidToken);
    }

    /// <summary>Reads one's own account and the organizations that it belongs to.</summary>
    internal static async Task<EntityResult<ProfileView>> GetProfile(ProfileService profiles, CancellationToken stop) => (await profiles.ReadAsync(stop)).Answer();

    /// <summary>Changes one's own account.</summary>
    internal static async Task<Results<EntityResult<ProfileView>, ProblemHttpResult>> UpdateProfile(UpdateProfileRequest request, IfMatch ifMatch, ProfileService profiles, CancellationToken stop) =>
        await profiles.UpdateAsync(request, ifMatch, stop) is ProfileOutcome.Saved(var profile) ? profile.Answer() : Problems.Stale("profile");

    /// <summary>Closes one's own account.</summary>
    /// <remarks>Nobody can sign in with it any more; what it did stays on record. It needs a sign-in not long ago.</remarks>
    internal static async Task<Confirmed> Deactivate(DeactivateRequest request, HttpContext http, ProfileService profiles, CancellationToken stop) =>
        await profiles.DeactivateAsync(request.Password, stop) switch
        {
            ProfileOutcome.Deactivated => Done("The account is closed."),
            ProfileOutcome.WrongPassword => Problems.InvalidField("password", "The password is wrong.", ErrorCodes.InvalidPassword),
            ProfileOutcome.LastOwner => Problems.Conflict(ErrorCodes.LastOwner, "You are the last owner of an organization. Hand it over or delete it first."),
            ProfileOutcome.LockedOut(var wait) => LockOut.Answer(http, wait),
            _ => Problems.LostRace("account"),
        };

    /// <summary>Changes one's own password, and ends one's other sessions.</summary>
    /// <remarks>It needs a sign-in not long ago.</remarks>
    internal static async Task<Confirmed> ChangePassword(ChangePasswordRequest request, HttpContext http, PasswordService passwords, CancellationToken stop) =>
        await passwords.ChangeAsync(request, stop) switch
        {
            PasswordOutcome.Changed => Done("The password was changed, and your other sessions have ended."),
            PasswordOutcome.Wrong => Problems.InvalidField("current_password", "The password is wrong.", ErrorCodes.InvalidPassword),
            PasswordOutcome.Common => Problems.InvalidField("new_password", PasswordPolicy.Why, ErrorCodes.PasswordCommon),
            PasswordOutcome.LockedOut(var wait) => LockOut.Answer(http, wait),
            _ => Problems.LostRace("account"),
        };

    /// <summary>Mails a link to choose a new password.</summary>
    /// <remarks>The answer is the same whether or not there is an account with this address.</remarks>
    internal static async Task<Ok<Envelope<Confirmation>>> RequestReset(ResetPasswordRequest request, PasswordService passwords, CancellationToken stop)
    {
        await passwords.RequestResetAsync(request.Email, stop);
        return Done("If there is an account with this address, a mail is on its way to it.");
    }

    /// <summary>Chooses a new password by a mailed token, and ends all of the account's sessions.</summary>
    internal static async Task<Confirmed> ConfirmReset(ResetPasswordConfirmRequest request, PasswordService passwords, CancellationToken stop) =>
        await passwords.ResetAsync(request, stop) switch
        {
            PasswordOutcome.Changed => Done("The password was changed. Sign in with it."),
            PasswordOutcome.Common => Problems.InvalidField("new_password", PasswordPolicy.Why, ErrorCodes.PasswordCommon),
            PasswordOutcome.InvalidToken => InvalidToken(),
            _ => Problems.LostRace("account"),
        };

    /// <summary>Shows by a mailed token that an account's address is its owner's.</summary>
    internal static async Task<Confirmed> VerifyEmail(EmailTokenRequest request, EmailService emails, CancellationToken stop) =>
        await emails.VerifyAsync(request.Token, stop) ? Done("The address is confirmed.") : InvalidToken();

    /// <summary>Mails the link to confirm one's address once more.</summary>
    internal static async Task<Ok<Envelope<Confirmation>>> ResendVerification(EmailService emails, CancellationToken stop)
    {
        await emails.ResendAsync(stop);
        return Done("If your address is not confirmed yet, a mail is on its way to it.");
    }

    /// <summary>Asks to change one's e-mail address.</summary>
    /// <remarks>The new address gets a mail; the change takes effect when its owner confirms it. It needs a sign-in not long ago.</remarks>
    internal static async Task<Ok<Envelope<Confirmation>>> RequestEmailChange(ChangeEmailRequest request, EmailService emails, CancellationToken stop)
    {
        await emails.RequestChangeAsync(request.NewEmail, stop);
        return Done("A mail is on its way to the new address. Confirm it there.");
    }

    /// <summary>Changes an account's e-mail address by a token mailed to the new one.</summary>
    internal static async Task<Confirmed> ConfirmEmailChange(EmailTokenRequest request, EmailService emails, CancellationToken stop) =>
        await emails.ChangeAsync(request.Token, stop) ? Done("The address was changed.") : InvalidToken();

    private static ProblemHttpResult InvalidToken() => Problems.Invalid(ErrorCodes.InvalidToken, "The token is unknown, expired, used, or replaced by a later one.");

    private static Ok<Envelope<Confirmation>> Done(string message) => TypedResults.Ok(Envelope.Of(new Confirmation { Message = message }));
}
