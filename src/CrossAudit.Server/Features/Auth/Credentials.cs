using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Mfa;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Identity;

namespace CrossAudit.Server.Features.Auth;

/// <summary>What somebody shows to prove that an account is theirs.</summary>
internal sealed record Proof(string Password, string? TotpCode = null, string? RecoveryCode = null);

/// <summary>What a proof is worth.</summary>
internal abstract record ProofOutcome
{
    /// <summary>It is theirs.</summary>
    /// <param name="Methods">How they proved it (RFC 8176).</param>
    public sealed record Proven(string Methods) : ProofOutcome;

    /// <summary>The password is wrong, or there is no such account: nobody is told which.</summary>
    public sealed record Wrong : ProofOutcome;

    /// <summary>The password is right, and a second factor is needed.</summary>
    public sealed record SecondFactorMissing : ProofOutcome;

    /// <summary>The password is right, and the code is not, or was used before.</summary>
    public sealed record SecondFactorWrong : ProofOutcome;
}

/// <summary>Checks passwords and second factors. What a check uses up, or improves, is part of the running unit of work.</summary>
internal sealed class Credentials(IPasswordHasher<User> hasher, HashingLane lane, CurrentActor current, Authenticator authenticator, RecoveryCodes recoveryCodes)
{
    // Verified where there is no account, so that the answer takes as long as for a wrong password.
    private static readonly string NobodysHash = new Argon2PasswordHasher().HashPassword(null!, "nobody's password");

    private string Source => AddressBlock.Of(current.Origin.IpAddress);

    public async Task<ProofOutcome> ProveAsync(User? user, Proof proof, CancellationToken stop)
    {
        if (!await IsPasswordAsync(user, proof.Password, stop))
            return new ProofOutcome.Wrong();
        if (!user!.TwoFactorEnabled)
            return new ProofOutcome.Proven(AuthenticationMethods.Password);
        if (proof is { TotpCode: null, RecoveryCode: null })
            return new ProofOutcome.SecondFactorMissing();
        return await SecondFactorAsync(user, proof, stop) is { } methods ? new ProofOutcome.Proven(methods) : new ProofOutcome.SecondFactorWrong();
    }

    /// <summary>Whether it is the password of an account that may sign in.</summary>
    public async Task<bool> IsPasswordAsync(User? user, string password, CancellationToken stop)
    {
        var hash = user?.PasswordHash ?? NobodysHash;
        var result = await lane.RunAsync(Source, () => hasher.VerifyHashedPassword(user!, hash, password), stop);
        if (user is not { IsActive: true, PasswordHash: not null } || result == PasswordVerificationResult.Failed)
            return false;
        // Made with parameters of another time: this is the one moment to make it anew.
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            user.PasswordHash = await HashAsync(user, password, stop);
        return true;
    }

    public Task<string> HashAsync(User user, string password, CancellationToken stop) => lane.RunAsync(Source, () => hasher.HashPassword(user, password), stop);

    /// <summary>How the second factor of a proof proves it; null if it does not.</summary>
    public async Task<string?> SecondFactorAsync(User user, Proof proof, CancellationToken stop)
    {
        if (proof.TotpCode is { } code)
            return authenticator.TryUse(user, code) ? AuthenticationMethods.PasswordAndCode : null;
        return proof.RecoveryCode is { } recovery && await recoveryCodes.RedeemAsync(user, recovery, stop) ? AuthenticationMethods.PasswordAndRecoveryCode : null;
    }
}
