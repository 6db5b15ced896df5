using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;

namespace CrossAudit.Client;

/// <summary>One's own account: profile, password, address and second factor.</summary>
public sealed class AccountApi
{
    private const string Root = "api/auth";

    private readonly Api _api;

    internal AccountApi(Api api) => _api = api;

    /// <summary>Reads one's account and the organizations that it belongs to.</summary>
    public Task<Tagged<ProfileView>> GetProfileAsync(CancellationToken stop = default) => _api.ReadTaggedAsync<ProfileView>(Call.Get($"{Root}/profile"), stop);

    /// <summary>Changes one's account; with <paramref name="ifMatch"/>, only if nobody else did since.</summary>
    public Task<Tagged<ProfileView>> UpdateProfileAsync(UpdateProfileRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<ProfileView>(Call.Put($"{Root}/profile", request, ifMatch), stop);

    /// <summary>Closes one's account.</summary>
    public Task<Confirmation> DeactivateAsync(string password, CancellationToken stop = default) => DoAsync("deactivate", new DeactivateRequest { Password = password }, stop);

    /// <summary>Changes one's password; one's other sessions end.</summary>
    public Task<Confirmation> ChangePasswordAsync(ChangePasswordRequest request, CancellationToken stop = default) => DoAsync("change-password", request, stop);

    /// <summary>Has a link mailed to choose a new password.</summary>
    public Task<Confirmation> RequestPasswordResetAsync(string email, CancellationToken stop = default) => DoAsync("reset-password", new ResetPasswordRequest { Email = email }, stop);

    /// <summary>Chooses a new password by a mailed token.</summary>
    public Task<Confirmation> ResetPasswordAsync(ResetPasswordConfirmRequest request, CancellationToken stop = default) => DoAsync("reset-password/confirm", request, stop);

    /// <summary>Confirms one's address by a mailed token.</summary>
    public Task<Confirmation> VerifyEmailAsync(string token, CancellationToken stop = default) => DoAsync("verify-email", new EmailTokenRequest { Token = token }, stop);

    /// <summary>Has that mail sent once more.</summary>
    public Task<Confirmation> ResendVerificationAsync(CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Post($"{Root}/verify-email/resend"), stop);

    /// <summary>Asks to change one's address.</summary>
    public Task<Confirmation> RequestEmailChangeAsync(string newEmail, CancellationToken stop = default) => DoAsync("change-email", new ChangeEmailRequest { NewEmail = newEmail }, stop);

    /// <summary>Changes one's address by a token mailed to the new one.</summary>
    public Task<Confirmation> ChangeEmailAsync(string token, CancellationToken stop = default) => DoAsync("change-email/confirm", new EmailTokenRequest { Token = token }, stop);

    /// <summary>Reads whether the second factor is on.</summary>
    public Task<MfaView> GetMfaAsync(CancellationToken stop = default) => _api.ReadAsync<MfaView>(Call.Get($"{Root}/mfa"), stop);

    /// <summary>Prepares an authenticator app.</summary>
    public Task<MfaSetupView> SetUpMfaAsync(CancellationToken stop = default) => _api.ReadAsync<MfaSetupView>(Call.Post($"{Root}/mfa/setup"), stop);

    /// <summary>Switches the second factor on, and answers the recovery codes.</summary>
    public Task<RecoveryCodesView> EnableMfaAsync(string code, CancellationToken stop = default) =>
        _api.ReadAsync<RecoveryCodesView>(Call.Post($"{Root}/mfa/enable", new EnableMfaRequest { Code = code }), stop);

    /// <summary>Switches the second factor off.</summary>
    public Task<Confirmation> DisableMfaAsync(MfaCodeRequest request, CancellationToken stop = default) => DoAsync("mfa/disable", request, stop);

    /// <summary>Replaces the recovery codes.</summary>
    public Task<RecoveryCodesView> ReplaceRecoveryCodesAsync(MfaCodeRequest request, CancellationToken stop = default) =>
        _api.ReadAsync<RecoveryCodesView>(Call.Post($"{Root}/mfa/recovery-codes", request), stop);

    private Task<Confirmation> DoAsync<T>(string path, T request, CancellationToken stop) => _api.ReadAsync<Confirmation>(Call.Post($"{Root}/{path}", request), stop);
}
